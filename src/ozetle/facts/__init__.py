"""Facts read from a text without a model: figures, numbers, dates, countries, names; offsets index it."""

from __future__ import annotations

from ozetle.facts.countries.reader import CountryMention, read_countries
from ozetle.facts.dates.reader import DateMention, read_dates
from ozetle.facts.figures.reader import Figure, read_figures
from ozetle.facts.names.reader import NameMention, read_names
from ozetle.facts.numbers.reader import Number, read_numbers

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
