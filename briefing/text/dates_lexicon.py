"""Load the word tables of dates and look words up in them. Knows nothing of grammar.

The tables are `lexicon/months.tsv`, `months_ordinals.tsv`, `weekdays.tsv`, `relative_dates.tsv` and
`relative_dates_context.tsv`. They are read at the first use and kept. Arabic words are expanded with the letters
that are written together with them (و ف ب ل ك and, for words with ال, لل).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.text.fold import clean, fold

__all__ = ["Entry", "Lexicon", "MonthName", "load_lexicon"]

_AND = ("", "و", "ف")
_PREPOSITION = ("", "ب", "ل", "ك")
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d+|_")


@dataclass(frozen=True, slots=True)
class MonthName:
    """What a month name means: number 1–12, calendar (gregorian, hijri), language and class (see months.tsv)."""

    number: int
    calendar: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling: the roles it can play, its clitic letters, and the words that follow in longer entries.

    Attributes:
        roles: Role to value, such as {"ordinal": 3} or {"weekday": 2}.
        month: The month it names.
        clitic: The letters before the word: "" or one or two of و ف ب ل ك, or "لل".
        longer: Entries of more words that start here, longest first: (the other words, the entry).
        explicit: A day, month or year written out can begin with this word.
        relative: A relative date can begin with this word.
        names_month: The word is or begins a month name.
        names_unit: The word is a unit of time.
    """

    roles: dict[str, int | str]
    month: MonthName | None
    clitic: str
    longer: tuple[tuple[tuple[str, ...], Entry], ...] = ()
    explicit: bool = False
    relative: bool = False
    names_month: bool = False
    names_unit: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of dates of the languages in use, and the regex of those without which no date is."""

    words: dict[str, Entry]
    trigger: re.Pattern[str]
    english_months: frozenset[str]


def _rows(name: str) -> Iterator[list[str]]:
    text = (files("briefing.text") / "lexicon" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    for line in lines[1:]:
        yield line.split("\t")


def _folded(words: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(clean(words).text)))


class _Table:
    """Phrases under construction: words of the phrase → roles and month."""

    def __init__(self) -> None:
        self.phrases: dict[tuple[str, ...], tuple[dict[str, int | str], MonthName | None]] = {}
        self.triggers: set[str] = set()

    def add(self, words: str, role: str, value: int | str, *, trigger: bool = False) -> None:
        key = _folded(words)
        roles, month = self.phrases.get(key, ({}, None))
        self.phrases[key] = ({**roles, role: value}, month)
        if trigger:
            self.triggers.add(" ".join(key))

    def add_month(self, words: str, month: MonthName) -> None:
        key = _folded(words)
        roles, _ = self.phrases.get(key, ({}, None))
        self.phrases[key] = (roles, month)
        self.triggers.add(" ".join(key))


_TRIGGER_ROLES = frozenset({"offset", "quarter_name", "ago"})
_EXPLICIT_ROLES = frozenset(
    {"ordinal", "ordinal_unit", "bare_ordinal", "tens", "weekday", "weekday_short", "direction"}
)
_RELATIVE_ROLES = frozenset({"ordinal", "ordinal_unit", "tens", "offset", "weekday", "direction", "unit"}) | {
    *("ago_before", "cardinal", "quarter", "half", "quarter_name")
}


def _entry(
    roles: dict[str, int | str],
    month: MonthName | None,
    clitic: str,
    longer: tuple[tuple[tuple[str, ...], Entry], ...] = (),
) -> Entry:
    below = [entry for _, entry in longer]
    return Entry(
        roles,
        month,
        clitic,
        longer,
        explicit=month is not None or not _EXPLICIT_ROLES.isdisjoint(roles) or any(e.explicit for e in below),
        relative=not _RELATIVE_ROLES.isdisjoint(roles) or any(e.relative for e in below),
        names_month=month is not None or any(e.names_month for e in below),
        names_unit="unit" in roles or "dual" in roles,
    )


def _read_tables(language: str | None) -> _Table:
    table = _Table()
    for word, lang, calendar, number, kind in _rows("months.tsv"):
        table.add_month(word, MonthName(int(number), calendar, lang, kind))
    for word, role, day in _rows("months_ordinals.tsv"):
        table.add(word, role, int(day))
    for word, _, weekday, kind in _rows("weekdays.tsv"):
        table.add(
            word, "weekday" if kind == "full" else "weekday_short", int(weekday), trigger=kind == "full"
        )
    for name in ("relative_dates.tsv", "relative_dates_context.tsv"):
        for word, role, raw in _rows(name):
            value: int | str = int(raw) if raw.lstrip("-").isdigit() else raw
            table.add(word, role, value, trigger=role in _TRIGGER_ROLES)
    if language is not None:
        for word, month_number in _other_months(language):
            if _folded(word) not in table.phrases or len(word) > 2:
                table.add_month(word, MonthName(month_number, "gregorian", language, "day"))
    return table


def _other_months(language: str) -> Iterator[tuple[str, int]]:
    """Give the month names of a language other than Arabic and English, from CLDR through babel."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(language.replace("-", "_")).months
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                if _folded(name.rstrip(".")) and not name.isdigit():
                    yield name.rstrip("."), number


def _clitics(word: str) -> Iterator[tuple[str, str]]:
    """Give each spelling of an Arabic word with its clitic letters: (letters, spelling)."""
    for conjunction in _AND:
        for preposition in _PREPOSITION:
            clitic = conjunction + preposition
            if not (preposition == "ل" and word.startswith("ال")):
                yield clitic, clitic + word
        if word.startswith("ال"):
            yield conjunction + "لل", conjunction + "لل" + word[2:]


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _entries(table: _Table) -> dict[str, Entry]:
    singles: dict[str, Entry] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    own = {key[0] for key in table.phrases if len(key) == 1}
    for key, (roles, month) in table.phrases.items():
        spellings = _clitics(key[0]) if _is_arabic(key[0]) and len(key[0]) > 1 else iter([("", key[0])])
        for clitic, spelling in spellings:
            entry = _entry(roles, month, clitic)
            if len(key) > 1:
                longer.setdefault(spelling, []).append((key[1:], entry))
            elif not clitic or (spelling not in own and spelling not in singles):
                singles[spelling] = entry
    for spelling, found in longer.items():
        first = singles.get(spelling, Entry({}, None, ""))
        singles[spelling] = _entry(first.roles, first.month, first.clitic, tuple(found))
    return singles


def _trie(words: Iterable[str]) -> str:
    """Give one regex for many phrases that tries each letter once; a space in a phrase is any space or none."""
    tree: dict[str, dict[str, dict[str, object]]] = {}
    for word in words:
        node: dict[str, object] = tree  # type: ignore[assignment]
        for char in word:
            node = node.setdefault(char, {})  # type: ignore[assignment]
        node[""] = {}
    return _trie_pattern(tree)  # type: ignore[arg-type]


def _trie_pattern(node: dict[str, object]) -> str:
    branches = [
        (r"\s*" if char == " " else re.escape(char)) + _trie_pattern(below)  # type: ignore[arg-type]
        for char, below in sorted(node.items())
        if char
    ]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if "" in node else body


def _trigger(table: _Table) -> re.Pattern[str]:
    words = table.triggers
    arabic = {word for word in words if _is_arabic(word)}
    article = {word[2:] for word in arabic if word.startswith("ال")}
    latin, latin_pairs = _trie(words - arabic), _latin_pairs(table)
    others = f"{_trie(arabic)}|{_arabic_pairs(table)}"
    return re.compile(
        rf"\b(?:{latin}|{latin_pairs}|(?=[^\x00-\u05ff])(?:[وف]?[بلك]?(?:{others})|[وف]?لل(?:{_trie(article)})))\b"
    )


def _role_words(table: _Table, role: str, *, arabic: bool, article: bool | None = None) -> str:
    words = [key[0] for key, (roles, _) in table.phrases.items() if len(key) == 1 and role in roles]
    chosen = [w for w in words if _is_arabic(w) == arabic]
    return f"(?:{_trie(w for w in chosen if article is None or w.startswith('ال') == article)})"


def _latin_pairs(table: _Table) -> str:
    """Give the regex of last week, this month, …."""
    return rf"{_role_words(table, 'direction', arabic=False)}\s+{_role_words(table, 'unit', arabic=False)}"


def _arabic_pairs(table: _Table) -> str:
    """Give the regex of الشهر الماضي, هذا العام, قبل يومين, …."""
    units = _role_words(table, "unit", arabic=True)
    after = _role_words(table, "direction", arabic=True, article=True)
    before = _role_words(table, "direction", arabic=True, article=False)
    ago, dual = (_role_words(table, role, arabic=True) for role in ("ago_before", "dual"))
    count = _role_words(table, "cardinal", arabic=True)
    about = _role_words(table, "approx", arabic=True)
    return rf"{units}\s+{after}|{before}\s+{units}|{ago}\s+(?:{about}\s+)?(?:\d+|{units}|{dual}|{count})"


@cache
def load_lexicon(language: str | None = None) -> Lexicon:
    """Read the tables. Arabic and English are always in; `language` adds the months of one more language.

    >>> load_lexicon().words["وديسمبر"].month.number
    12
    """
    table = _read_tables(language)
    english = (key for key, (_, month) in table.phrases.items() if month and month.language == "en")
    return Lexicon(_entries(table), _trigger(table), frozenset(key[0] for key in english if len(key) == 1))
