"""What numbers are put together from: digits with their separators, and elements that add up or multiply."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import NamedTuple

from ozetle.facts.numbers.lexicon import Atom

# longer strings of digits are identifiers, not numbers
MOST_DIGITS = 40
EXACT = Context(prec=400, traps=[])
_ZERO = Decimal(0)


def plain(value: Decimal) -> Decimal:
    """The same value without an exponent and without zeros behind the decimal point."""
    if str(value).isdecimal():
        return value
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def times(value: Decimal, factor: int) -> Decimal:
    """An exact product."""
    return EXACT.multiply(value, Decimal(factor))


def digits_value(text: str, decimal: str, group: str, *, loose: bool = False) -> Decimal | None:
    """The value of digits with separators, or None when they are not one number in this writing.

    `loose` also tries the other writing, with the separators exchanged.
    """
    if len(text) > MOST_DIGITS:
        return None
    if text.isdecimal():
        return Decimal(text)
    if "-" in text or "/" in text:
        return None
    if loose:
        # nobody writes three zeros behind the decimal point: "50,000 USD" has the other writing
        value = None if text.endswith(decimal + "000") and group not in text else digits_value(text, decimal, group)
        return value if value is not None else digits_value(text, group, decimal)
    text = text.replace("٫", decimal).replace("٬", group)
    whole, _, rest = text.partition(decimal)
    if decimal in rest or group in rest:
        return None
    if group in whole:
        groups = whole.split(group)
        if len(groups[0]) > 3 or groups[0][:1] in ("", "0") or any(len(part) != 3 for part in groups[1:]):
            return None
    return Decimal(whole.replace(group, "") + ("." + rest if rest else ""))


class PartialSum(NamedTuple):
    """A cardinal as far as it is read: closed parts, and the part below the last scale word.

    Attributes:
        total: the parts that have their scale word.
        part: the part being read, None before its first element.
        room: what the part may still take: only elements below this.
        limit: only scale words below this may follow.
    """

    total: Decimal = _ZERO
    part: Decimal | None = None
    room: int = 0
    limit: int = 10**30

    @property
    def value(self) -> Decimal:
        return EXACT.add(self.total, self.part or _ZERO)

    def push(self, atom: Atom) -> PartialSum | None:
        """The sum with one more element, None when it cannot follow."""
        if atom.kind == "scale":
            return self._scale(atom.value)
        if atom.kind == "hundred" and self.part is not None:
            if 0 < self.part < 10 and self.room == 0 and self.part == self.part.to_integral_value():
                return PartialSum(self.total, times(self.part, 100), 100, self.limit)
            return None
        if self.limit == 0:
            return None
        room = 100 if atom.value >= 100 else 10 if atom.value and atom.value % 10 == 0 else 0
        if self.part is None:
            known = atom.value or not self.total
            return PartialSum(self.total, Decimal(atom.value), room, self.limit) if known else None
        if not 0 < atom.value < self.room:
            return None
        return PartialSum(self.total, EXACT.add(self.part, Decimal(atom.value)), room, self.limit)

    def _scale(self, factor: int) -> PartialSum | None:
        if factor >= self.limit or (self.part is None and factor != 1000) or self.part == 0:
            return None
        part = Decimal(1) if self.part is None else self.part
        # nothing is added to a rounded amount: "224,6 milyar" is complete
        limit = factor if part == part.to_integral_value() else 0
        return PartialSum(EXACT.add(self.total, times(part, factor)), None, 0, limit)
