"""A model server that answers every chat completion at once with the same JSON; for measuring what stands around it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

ANSWER = {
    "language": "tr",
    "events": [
        {
            "sentences": [1],
            "type": "bilateral_meeting",
            "status": "occurred",
            "headline": "Ticaret Bakanı Ayşe Demir, Kahire'de Karim Fahmi ile bir araya geldi.",
            "date": "P",
            "place": "Kahire",
            "countries": ["EG"],
            "participants": [{"kind": "person", "name": "Ayşe Demir", "title": None, "role": "visitor"}],
            "figures": [{"figure": "F1", "measure": "artış oranı"}],
            "instruments": [],
        }
    ],
    "summary": "Ticaret Bakanı Ayşe Demir, Kahire'de Karim Fahmi ile bir araya geldi.",
}
COMPLETION = json.dumps(
    {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "instant",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": json.dumps(ANSWER, ensure_ascii=False)},
            }
        ],
        "usage": {"prompt_tokens": 900, "completion_tokens": 150, "total_tokens": 1050},
    }
).encode()
RESPONSE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(COMPLETION)
) + COMPLETION


async def _serve_one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if b"content-length" in line)
            await reader.readexactly(length)
            writer.write(RESPONSE)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _serve() -> None:
    server = await asyncio.start_server(_serve_one, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def instant_server() -> Iterator[str]:
    """Run the server in a process of its own and give its base URL."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        finally:
            process.terminate()


if __name__ == "__main__":
    asyncio.run(_serve())
