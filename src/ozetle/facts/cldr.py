"""Names of countries and cities in Unicode CLDR (UTS #35), which Babel carries; loaded for the languages asked for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

# Serbian is read in Latin letters
_LOCALES = {"sr": "sr_Latn"}
# no states and no territories with a name of their own in the news; EU, EZ and UN are blocs
_NO_COUNTRIES = frozenset(
    ["EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "HM", "BV", "UM"]
)
_NO_CITIES = frozenset({"Etc", "US", "GMT", "UTC"})


@cache
def country_names(language: str) -> dict[str, str]:
    """The name of each territory in a language, by ISO 3166-1 alpha-2 code; empty where CLDR has no such language."""
    locale = _locale(language)
    return {
        code: name
        for code, name in (locale.territories.items() if locale else ())
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }


@cache
def cities(language: str) -> dict[str, str]:
    """The exemplar city of each time zone in a language, by the zone's id; its own city where CLDR has no name for it.

    Empty where CLDR has no such language.
    """
    locale, turkish = _locale(language), _locale("tr")
    if locale is None or turkish is None:
        return {}
    names = locale.time_zones
    return {
        zone: names.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " ")
        for zone in dict.fromkeys([*turkish.time_zones, *names])
        if zone.split("/")[0] not in _NO_CITIES
    }


def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError  # 12 ms, for the first text only

    try:
        return Locale.parse(_LOCALES.get(language, language))
    except (UnknownLocaleError, ValueError, TypeError):
        return None
