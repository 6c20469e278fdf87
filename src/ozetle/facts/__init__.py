"""Facts read from a text without a model: figures, numbers, dates, countries, names; offsets index it."""

from __future__ import annotations

from ozetle.facts.countries import CountryMention, read_countries
from ozetle.facts.dates import DateMention, read_dates
from ozetle.facts.figures import Figure, read_figures
from ozetle.facts.names import NameMention, read_names
from ozetle.facts.numbers import Number, read_numbers

__all__ = [
    "CountryMention",
    "DateMention",
    "Figure",
    "NameMention",
    "Number",
    "read_countries",
    "read_dates",
    "read_figures",
    "read_names",
    "read_numbers",
]
