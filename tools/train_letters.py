"""Learn which Latin chunks stand for each Arabic letter, from pairs of names; write `letters_ar_en.tsv`.

    python tools/train_letters.py name_pairs_ar_en.tsv briefing/text/lexicon/letters_ar_en.tsv

The pairs (Arabic name, tab, English name) are those of google/transliteration, training split. They are aligned
with the hand-written costs, the chunks are counted, and the alignment is repeated with the counts mixed in.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from pathlib import Path

from briefing.text.fold import clean, fold
from briefing.text.transliteration import Costs, insertion_costs, read_costs, units_ending

HEADER = """\
# Learned by tools/train_letters.py from the Arabic-English names of google/transliteration (training split),
# Copyright Google, Apache License 2.0. Arabic unit as in letters_hand.tsv, then chunk:cost, cost in hundredths:
# 0 for the commonest chunk, 100 for one that is e^6 times rarer.
"""
LONGEST_CHUNK = 4
ROUNDS = 5
MIN_COUNT = 3
MIN_SHARE = 0.002
RARE = 6.0  # natural logarithm of the ratio at which the cost reaches 1


def _pairs(path: Path) -> list[tuple[str, str]]:
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        arabic, _, latin = line.partition("\t")
        arabic, latin = fold(clean(arabic).text).strip(), fold(clean(latin).text).strip()
        if arabic.startswith("ال") and not latin.startswith(("al", "el", "il", "ol", "ul")):
            arabic = arabic[2:]
        if len(arabic) > 1 and len(latin) > 1 and " " not in arabic + latin:
            pairs.append((arabic, latin))
    return pairs


def _chunk_cost(unit: str, chunk: str, hand: Costs, learned: Costs) -> float:
    """Give the cost of a chunk for a unit while learning; new chunks only for single letters."""
    cost = hand.get(unit, {}).get(chunk)
    if cost is None:
        if len(unit.strip("^$")) > 1:
            return math.inf
        cost = 0.7 + 0.4 * len(chunk)
    return 0.5 * cost + 0.5 * learned.get(unit, {}).get(chunk, 1.0) if learned else cost


def _align(arabic: str, latin: str, hand: Costs, learned: Costs) -> tuple[float, list[tuple[str, str]]]:
    """Give the cheapest alignment: its cost and the (unit, chunk) pairs it uses, last pair first."""
    insertions = insertion_costs(latin)
    endings = units_ending(arabic, frozenset(hand))
    best = {(0, 0): 0.0}
    back: dict[tuple[int, int], tuple[int, int, str | None]] = {}
    for row in range(len(arabic) + 1):
        for at in range(len(latin) + 1):
            steps: list[tuple[float, int, int, str | None]] = []
            for length, unit in endings[row - 1] if row else ():
                for start in range(max(0, at - LONGEST_CHUNK - length + 1), at + 1):
                    cost = _chunk_cost(unit, latin[start:at], hand, learned)
                    steps.append((best[row - length, start] + cost, row - length, start, unit))
            if at:
                steps.append((best[row, at - 1] + insertions[at - 1], row, at - 1, None))
            if steps:
                best[row, at], *step = min(steps, key=lambda step: step[0])
                back[row, at] = (step[0], step[1], step[2])
            else:
                best.setdefault((row, at), math.inf)
    path, here = [], (len(arabic), len(latin))
    while here in back:
        from_row, start, unit = back[here]
        if unit is not None:
            path.append((unit, latin[start : here[1]]))
        here = (from_row, start)
    return best[len(arabic), len(latin)], path


def _costs(counts: dict[str, Counter[str]]) -> Costs:
    learned: Costs = {}
    for unit, chunks in counts.items():
        total, top = sum(chunks.values()), max(chunks.values())
        learned[unit] = {
            chunk: round(min(1.0, math.log(top / count) / RARE), 2)
            for chunk, count in chunks.most_common()
            if count >= MIN_COUNT and count / total >= MIN_SHARE
        }
    return {unit: row for unit, row in learned.items() if row}


def train(pairs: list[tuple[str, str]], hand: Costs) -> Costs:
    """Learn costs from pairs of folded names, starting from the hand-written costs."""
    learned: Costs = {}
    for _ in range(ROUNDS):
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for arabic, latin in pairs:
            cost, path = _align(arabic, latin, hand, learned)
            if cost > 0.35 * (len(arabic) + len(latin)) / 2:
                continue  # not the same name, or not a transliteration
            for unit, chunk in path:
                counts[unit][chunk] += 1
        learned = _costs(counts)
    return learned


def write(learned: Costs, path: Path) -> None:
    """Write the table, one unit a line, in code point order."""
    lines = []
    for unit in sorted(learned):
        row = " ".join(f"{chunk or '-'}:{round(cost * 100)}" for chunk, cost in learned[unit].items())
        lines.append(f"{unit}\t{row}\n")
    path.write_text(HEADER + "".join(lines), encoding="utf-8")


def main() -> None:
    """Read the pairs, train, write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--skip-held-out", action="store_true", help="train on 4 of 5 pairs (to measure)")
    options = parser.parse_args()
    pairs = _pairs(options.pairs)
    if options.skip_held_out:
        pairs = [pair for at, pair in enumerate(pairs) if at % 5]
    write(train(pairs, read_costs("letters_hand.tsv")), options.table)


if __name__ == "__main__":
    main()
