"""Hands shards to a server, and asks how they stand."""

from __future__ import annotations

from collections.abc import Callable

from ozetle.llm.batch.folder import BatchFile, BatchFolder
from ozetle.llm.batch.server import Batch, BatchServer


async def submit(folder: BatchFolder, server: BatchServer, tell: Callable[[BatchFile], None]) -> None:
    """Submit every shard that no batch was made of yet.

    What the server says is on the disk before the next step, so that after an end at any moment the next call goes on
    where this one ended: a file that is uploaded is not uploaded again, and a batch that was created is found again.

    Args:
        folder: where the shards are.
        server: takes them.
        tell: called after each one.

    Raises:
        OzetleError: a step failed; see `BatchServer` and `BatchFolder.change`.
    """
    for shard in [*folder.waiting()]:
        if shard.batch_id is not None:
            continue
        perhaps_there = shard.file_id is not None
        if shard.file_id is None:
            folder.open_shard(shard).close()  # its error is clearer
            file_id = await server.upload(folder.path / shard.file)
            shard = folder.change(shard, file_id=file_id, status="uploaded")
        batch = await server.create(shard.file_id or "", perhaps_there=perhaps_there)
        tell(folder.change(shard, batch_id=batch.id, status=batch.status))


async def refresh(folder: BatchFolder, server: BatchServer, tell: Callable[[BatchFile, Batch], None]) -> None:
    """Ask how the batches under way stand, and note it.

    Args:
        folder: where their shards are.
        server: has them.
        tell: called for each.

    Raises:
        OzetleError: see `BatchServer` and `BatchFolder.change`.
    """
    for shard in [*folder.waiting()]:
        if shard.batch_id is not None:
            batch = await server.batch(shard.batch_id)
            tell(folder.change(shard, status=batch.status), batch)
