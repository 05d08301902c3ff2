"""Build the list of English dictionary words that tells a sentence's first word from a name.

    apt-get install wamerican-small wbritish-small
    python tools/build_dictionary.py /usr/share/dict/american-english-small /usr/share/dict/british-english-small

Keeps words of three letters or more that are written without a capital, leaves out possessives and the plurals and
past forms that follow by rule from a kept word.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "briefing/text/lexicon/dictionary_en.txt"
HEADER = """\
# English words that are written without a capital; plurals in -s, -es follow by rule.
# Made by tools/build_dictionary.py from SCOWL (size 35, American and British).
# Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word lists, the
# associated scripts, the output created from the scripts, and its documentation for any purpose is hereby granted
# without fee, provided that the above copyright notice appears in all copies and that both that copyright notice
# and this permission notice appear in supporting documentation. Kevin Atkinson makes no representations about the
# suitability of this array for any purpose. It is provided "as is" without express or implied warranty.
"""


def main() -> None:
    """Read the word lists named on the command line and write the table."""
    words: set[str] = set()
    for path in sys.argv[1:]:
        words |= {word for word in Path(path).read_text("utf-8").split() if re.fullmatch("[a-z]{3,}", word)}
    kept = sorted(word for word in words if not _follows(word, words))
    TARGET.write_text(HEADER + "\n".join(kept) + "\n", "utf-8")
    print(f"{len(kept)} words in {TARGET.name}")


def _follows(word: str, words: set[str]) -> bool:
    stems = {word[:-1] if word.endswith("s") else word, word[:-2] if word.endswith("es") else word}
    if word.endswith("ies"):
        stems.add(word[:-3] + "y")
    return bool((stems - {word}) & words)


if __name__ == "__main__":
    main()
