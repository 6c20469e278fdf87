"""Write src/ozetle/facts/data/country_names.json and cities.json from Unicode CLDR, as Babel carries it.

usage: python tools/build_country_names.py

The names are Unicode CLDR data, under the Unicode License v3 (https://www.unicode.org/license.txt); the CLDR version is
written into the files. Run again when Babel brings a newer CLDR, and read the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import babel
from babel import Locale

DATA = Path(__file__).parents[1] / "src" / "ozetle" / "facts" / "data"
# the languages whose cities the reader of names knows; countries are named in more
CITY_LANGUAGES = ["tr", "az", "sq", "en", "de", "ru", "kk", "ky", "uz", "tk"]
LANGUAGES = [*CITY_LANGUAGES, "ar", "fr", "uk", "bs", "hr", "sr", "bg", "ro", "el"]
# Serbian is read in Latin letters
LOCALES = {"sr": "sr_Latn"}
# the CLDR that the Babel releases carry, by Babel's change log
CLDR_OF_BABEL = {"2.16": "45", "2.17": "46", "2.18": "47"}
# not states and not territories with a name of their own in the news; EU, EZ and UN are blocs, which blocs.json names
LEFT_OUT = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "HM", "BV", "UM"}


def country_names() -> dict[str, dict[str, str]]:
    """The name of each two-letter territory code, by language."""
    names: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        territories: dict[str, str] = dict(Locale.parse(LOCALES.get(language, language)).territories)
        names[language] = {
            code: name
            for code, name in sorted(territories.items())
            if len(code) == 2 and code.isalpha() and code not in LEFT_OUT
        }
    return names


def cities() -> list[str]:
    """The exemplar cities of the time zones, in all the languages."""
    found: set[str] = set()
    for language in CITY_LANGUAGES:
        zones: dict[str, Any] = dict(Locale.parse(language).time_zones)
        for name, zone in zones.items():
            city = zone.get("city") or name.rsplit("/", 1)[-1].replace("_", " ")
            if name.split("/")[0] not in {"Etc", "US", "GMT", "UTC"}:
                found.add(str(city))
    return sorted(found)


def main() -> None:
    """Write both files."""
    release = ".".join(babel.__version__.split(".")[:2])
    about = f"Unicode CLDR {CLDR_OF_BABEL[release]}, Unicode License v3; written by tools/build_country_names.py"
    for file, content in (("country_names.json", country_names()), ("cities.json", cities())):
        text = json.dumps({"about": about, "names": content}, ensure_ascii=False, indent=1, sort_keys=True)
        (DATA / file).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
