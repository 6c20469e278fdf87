"""Each row of the accuracy net is read right, or stands in known_failures.txt; what is mended leaves that list."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.accuracy.cases import Row, found, is_right, known_failures, rows

KNOWN = pytest.mark.xfail(
    raises=AssertionError, strict=True, reason="in known_failures.txt; where it passes, unlist it"
)


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["id"], marks=[KNOWN] * (row["id"] in known_failures())) for row in rows()]
)
def test_a_case_is_read_right(row: Row) -> None:
    value = found(row)
    assert is_right(row, value), (row["text"], value)


def test_ids_are_unique_and_the_known_failures_are_cases() -> None:
    ids = Counter(row["id"] for row in rows())
    assert max(ids.values()) == 1
    assert set(known_failures()) <= set(ids)
    assert list(known_failures()) == sorted(set(known_failures()))
