"""Names of people, places and bodies, across spellings and across Arabic and English: compare, look up, find.

The parts: `names_compare` (two names), `names_index` (a given name in a text), `names_mentions` (which words of a
text are names), `gazetteer` (known names), `transliteration` (letters).
"""

from __future__ import annotations

from briefing.text.gazetteer import translate_name
from briefing.text.names_compare import NameMatch, match_names
from briefing.text.names_index import NameIndex, NameMention, find_name
from briefing.text.names_mentions import find_names

__all__ = [
    "NameIndex",
    "NameMatch",
    "NameMention",
    "find_name",
    "find_names",
    "match_names",
    "translate_name",
]
