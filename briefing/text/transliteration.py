"""Align an Arabic word with a Latin one, letter by letter. Knows nothing of names, only of single words.

Each Arabic letter (or pair of letters) may stand for certain chunks of Latin letters, at a cost between 0 and 1.
Costs come from two tables: `lexicon/letters_hand.tsv`, written by hand, and `lexicon/letters_ar_en.tsv`, learned by
`tools/train_letters.py`; the learned one weighs `LEARNED_WEIGHT`. Short vowels, silent and doubled letters of the
Latin word cost little, all else that finds no partner costs its full weight.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

__all__ = [
    "LEARNED_WEIGHT",
    "Costs",
    "LatinWord",
    "align",
    "insertion_costs",
    "latin_word",
    "read_costs",
    "skeleton",
    "units_ending",
]

LEARNED_WEIGHT = 0.15
"""Share of the learned cost in a chunk's cost; the rest is the hand-written cost."""

_WEAK = frozenset("اويعهء")
_UNSEEN = 1.0
_LONGEST_UNIT = 4

# Cost of a Latin vowel that no Arabic letter stands for: about -ln(share so left out) / 14, from the aligned
# training pairs. Arabic leaves out short vowels inside a word, but hardly the first or last, a mute e apart.
_AEIOU = frozenset("aeiou")
_MIDDLE = {"a": 0.11, "e": 0.06, "i": 0.14, "o": 0.2, "u": 0.1, "y": 0.15}
_AFTER_VOWEL = {"a": 0.11, "e": 0.05, "i": 0.2, "o": 0.11, "u": 0.05, "y": 0.12}
_FIRST = dict.fromkeys("aeiouy", 0.4)
_LAST = {"a": 0.35, "e": 0.04, "i": 0.35, "o": 0.35, "u": 0.2, "y": 0.3}
_SILENT = {"h": 0.2, "w": 0.8, "g": 0.8, "r": 0.8, "'": 0.0}
_SILENT_LAST = {"h": 0.2, "t": 0.5, "d": 0.7, "s": 0.8, "'": 0.0}

Costs = dict[str, dict[str, float]]


def read_costs(name: str, scale: float = 1.0) -> Costs:
    """Read a table of the lexicon: unit → chunk → cost, each cost times `scale`."""
    table: Costs = {}
    text = files("briefing.text.lexicon").joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        unit, chunks = line.split("\t")
        row = table.setdefault(unit, {})
        for pair in chunks.split():
            chunk, _, cost = pair.rpartition(":")
            row["" if chunk == "-" else chunk] = float(cost) * scale
    return table


@cache
def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    """Give unit → ((chunk, cost), …) with both tables mixed; units are "ب", "^ا", "ه$", "تش"."""
    hand = read_costs("letters_hand.tsv", 1.0)
    learned = read_costs("letters_ar_en.tsv", 0.01)
    mixed: dict[str, tuple[tuple[str, float], ...]] = {}
    for unit in {**hand, **learned}:
        by_hand, by_count = hand.get(unit, {}), learned.get(unit, {})
        costs = {
            chunk: (1 - LEARNED_WEIGHT) * by_hand.get(chunk, _UNSEEN)
            + LEARNED_WEIGHT * by_count.get(chunk, _UNSEEN)
            for chunk in {**by_hand, **by_count}
        }
        mixed[unit] = tuple(costs.items())
    return mixed


@cache
def _known() -> frozenset[str]:
    return frozenset(_table())


def insertion_costs(word: str) -> list[float]:
    """Give the cost of leaving each letter of a Latin word without an Arabic one."""
    costs = []
    last = len(word) - 1
    for at, letter in enumerate(word):
        before = word[at - 1] if at else ""
        if letter == before and letter not in "aeiou":
            costs.append(0.02)
        elif letter in _MIDDLE:
            table = (
                _FIRST if at == 0 else _LAST if at == last else _AFTER_VOWEL if before in _AEIOU else _MIDDLE
            )
            costs.append(table[letter])
        else:
            costs.append((_SILENT_LAST if at == last else _SILENT).get(letter, 1.0))
    return costs


def _weight(word: str, weak: frozenset[str], light: float) -> float:
    return sum(light if letter in weak else 1.0 for letter in word)


@dataclass(frozen=True, slots=True)
class LatinWord:
    """A folded Latin word made ready to be aligned with many Arabic ones.

    Attributes:
        word: The letters, lower case, without accents.
        insertions: Cost of each letter when no Arabic letter stands for it.
        weight: What the word counts for: 1 for a consonant, less for a vowel.
        moves: For each Arabic unit met so far, its (from, to, cost) in this word. A cache, filled when asked.
    """

    word: str
    insertions: tuple[float, ...]
    weight: float
    moves: dict[str, tuple[tuple[int, int, float], ...]] = field(default_factory=dict, compare=False)

    def moves_of(self, unit: str) -> tuple[tuple[int, int, float], ...]:
        """Give where the chunks of an Arabic unit stand in this word, with their costs."""
        found = self.moves.get(unit)
        if found is None:
            word = self.word
            moves: list[tuple[int, int, float]] = []
            for chunk, cost in _table().get(unit, ()):
                if not chunk:
                    moves.extend((at, at, cost) for at in range(len(word) + 1))
                    continue
                at = word.find(chunk)
                while at >= 0:
                    moves.append((at, at + len(chunk), cost))
                    at = word.find(chunk, at + 1)
            found = self.moves[unit] = tuple(moves)
        return found


@lru_cache(maxsize=4096)
def latin_word(word: str) -> LatinWord:
    """Make a folded Latin word ready for `align`."""
    return LatinWord(word, tuple(insertion_costs(word)), _weight(word, frozenset("aeiouyh'"), 0.4))


def units_ending(arabic: str, known: frozenset[str]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Give, for each letter of an Arabic word, the (length, unit) of the known units that end with it."""
    size = len(arabic)
    result = []
    for end in range(1, size + 1):
        ending = []
        for length in range(1, min(_LONGEST_UNIT, end) + 1):
            unit = arabic[end - length : end]
            if end == length and "^" + unit in known:
                ending.append((length, "^" + unit))
            elif end == size and unit + "$" in known:
                ending.append((length, unit + "$"))
            elif unit in known:
                ending.append((length, unit))
        result.append(tuple(ending))
    return tuple(result)


@lru_cache(maxsize=16384)
def _units(arabic: str) -> tuple[tuple[tuple[int, str], ...], ...]:
    return units_ending(arabic, _known())


def align(arabic: str, latin: LatinWord, floor: float = 0.0) -> float:
    """Score how well a folded Arabic word and a Latin word can be the same name.

    Args:
        arabic: A folded Arabic word.
        latin: The Latin word, from `latin_word`.
        floor: Give up, with 0, as soon as the score must stay below this.

    Returns:
        1 for a perfect alignment, 0 for none. 1 - cost / mean weight of the two words.
    """
    size = len(latin.word)
    weight = (latin.weight + _weight(arabic, _WEAK, 0.4)) / 2
    if not arabic or not size:
        return 0.0
    limit = (1.0 - floor) * weight
    insertions = latin.insertions
    row = [0.0] * (size + 1)
    for at in range(size):
        row[at + 1] = row[at] + insertions[at]
    rows = [row]
    for letter, units in zip(arabic, _units(arabic), strict=True):
        drop = 0.6 if letter in _WEAK else 1.0
        row = [cost + drop for cost in row]
        for length, unit in units:
            before = rows[-length]
            for start, end, cost in latin.moves_of(unit):
                total = before[start] + cost
                if total < row[end]:
                    row[end] = total
        best = row[0]
        for at in range(size):
            total = row[at] + insertions[at]
            if total < row[at + 1]:
                row[at + 1] = total
            if row[at + 1] < best:
                best = row[at + 1]
        if best > limit and min(rows[-1]) > limit:
            return 0.0
        rows.append(row)
    return max(0.0, 1.0 - row[size] / weight)


_LATIN_CLASSES = re.compile(r"t?s?ch|sh|ph|[tdg]h|kh|ck|c(?=[eiy])|x|[a-z]")
_CLASS_OF = {
    **dict.fromkeys(["b", "p", "ب", "پ"], "p"),
    **dict.fromkeys(["t", "d", "th", "dh", *"تثدذضطظ"], "t"),
    **dict.fromkeys(["s", "z", "sh", "ch", "tch", "sch", "tsch", "c(", *"سزصشژ"], "s"),
    **dict.fromkeys(["k", "c", "q", "g", "j", "gh", "kh", "ck", *"كقغخجچڠ"], "k"),
    **dict.fromkeys(["f", "v", "ph", *"فڤ"], "f"),
    **{letter: letter for letter in "lmnr"},
    **dict(zip("لمنر", "lmnr", strict=True)),
    "x": "ks",
}
_ARABIC_CLASSES = str.maketrans(
    {chr(code): _CLASS_OF.get(chr(code), "") for code in [*range(0x600, 0x700), 0x200C, 0x200D]}
)


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Reduce a folded word of either script to classes of consonants, for a quick first look.

    >>> skeleton("mcgurk"), skeleton("ماكغورك"), skeleton("peshmerga"), skeleton("بيشمركه")
    ('mkkrk', 'mkkrk', 'psmrk', 'psmrk')
    """
    if not word.isascii():
        return word.translate(_ARABIC_CLASSES)
    classes = []
    for found in _LATIN_CLASSES.finditer(word):
        chunk = found[0]
        key = "c(" if chunk == "c" and word[found.end() : found.end() + 1] in {"e", "i", "y"} else chunk
        if chunk == word[found.start() - 1 : found.start()]:
            continue  # a doubled letter
        classes.append(_CLASS_OF.get(key, ""))
    return "".join(classes)
