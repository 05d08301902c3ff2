"""Tell the language of a text by its script and its function words, without a network or a model."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import resources

from briefing.text.fold import fold

__all__ = ["detect_language", "function_words"]

_SAMPLE_CHARS = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u4e00-\u9fff]")),
    ("hangul", re.compile("[\uac00-\ud7af]")),
)
_ONE_LANGUAGE = {"hebrew": "he", "greek": "el", "kana": "ja", "han": "zh", "hangul": "ko"}
_OF_SCRIPT = {
    "arabic": ("ar", "fa", "ur"),
    "cyrillic": ("ru", "uk", "bg"),
    "latin": ("en", "fr", "es", "de", "it", "pt", "nl", "tr", "pl", "id", "sv"),
}


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lines = (resources.files("briefing.text") / "lexicon" / "function_words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in lines.splitlines() if not line.startswith("#"))
    return {code: frozenset(words.split()) for code, words in rows}


@cache
def function_words() -> frozenset[str]:
    """Give the commonest function words of English and Arabic, folded."""
    table = _function_words()
    return frozenset(fold(word) for code in ("en", "ar") for word in table[code])


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of a text's language, "und" when nothing tells.

    The commonest script decides among languages; within a script, the language whose function words are the
    most frequent. A Latin text without any known function word is "und"; an Arabic one is "ar".

    >>> detect_language("The talks were held in Muscat on Tuesday.")
    'en'
    >>> detect_language("عقدت المحادثات في مسقط")
    'ar'
    """
    sample = text[:_SAMPLE_CHARS]
    sizes = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    script = max(sizes, key=lambda name: sizes[name])
    if not sizes[script]:
        return "und"
    if sizes["kana"] and script == "han":
        return "ja"
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    table = _function_words()
    scores = {code: sum(counts[word] for word in table[code]) for code in _OF_SCRIPT[script]}
    best = max(scores, key=lambda code: scores[code])
    if scores[best]:
        return best
    return "und" if script == "latin" else _OF_SCRIPT[script][0]
