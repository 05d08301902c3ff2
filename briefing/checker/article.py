"""The article made ready for checking: its quantities, dates and names found once, and where spans lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from briefing.report import Evidence, How, Verdict
from briefing.source import Source
from briefing.text.dates import DateMention, find_dates
from briefing.text.fold import Clean, clean, fold
from briefing.text.names import NameIndex, NameMention, find_names
from briefing.text.quantities import Quantity, find_quantities

__all__ = ["MAX_EVIDENCE", "READ_LANGUAGES", "Article", "Match", "Scope", "decide"]

MAX_EVIDENCE = 4
"""Most spans kept as evidence of one claim: enough to judge it, few enough to read."""
READ_LANGUAGES = frozenset({"ar", "en"})
"""Languages whose number words, dates and names are read. In others only digits and same-script names are, so
that a miss there proves nothing: it is `unchecked`, not `unsupported`."""

SOFT_NOTE = "too small or too common a word for its absence to prove anything"

_QUALITY: dict[How, int] = {"exact": 0, "folded": 1, "converted": 2, "translated": 3}


@dataclass(frozen=True)
class Article:
    """What the checker looks things up in.

    Attributes:
        quantities: In the order of the text, as `find_quantities` gives them.
        dates: Likewise; relative dates are resolved against the publication date.
        names: Index of the words of the text.
        folded: Clean and folded text, as long as `clean.text`.
    """

    source: Source
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    names: NameIndex
    clean: Clean
    folded: str

    @classmethod
    def of(cls, source: Source) -> Article:
        """Read an article once for any number of checks."""
        cleaned = clean(source.text)
        return cls(
            source=source,
            quantities=tuple(find_quantities(source.text)),
            dates=tuple(find_dates(source.text, anchor=source.published)),
            names=NameIndex(source.text),
            clean=cleaned,
            folded=fold(cleaned.text),
        )

    @cached_property
    def name_mentions(self) -> tuple[NameMention, ...]:
        """The names that the article's own words show to be names; read only when omissions are asked for."""
        return tuple(find_names(self.source.text))

    @property
    def is_read(self) -> bool:
        """Whether number words, dates and names of the article's language are read."""
        return self.source.language in READ_LANGUAGES


@dataclass(frozen=True, slots=True)
class Match:
    """A place of the article that could prove a claim: original half-open span."""

    start: int
    end: int
    how: How
    note: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where evidence counts as supporting: the cited sentences, or the whole article when `cited` is None.

    Attributes:
        cited: Sentence numbers; those that the article does not have are ignored here.
        near_counts: Whether a sentence next to a cited one supports too. For parties it does, since the
            sentence that is cited often calls them "it" or "the group"; for numbers and dates it does not.
    """

    cited: frozenset[int] | None
    near_counts: bool = False

    def distance(self, sentence: int) -> int:
        """Give 0 for a supporting sentence, 1 for one beside a cited sentence, 2 for any other."""
        if self.cited is None or sentence in self.cited:
            return 0
        if sentence - 1 in self.cited or sentence + 1 in self.cited:
            return 0 if self.near_counts else 1
        return 2


def decide(
    matches: list[Match] | tuple[Match, ...], scope: Scope, article: Article, *, hard: bool = True
) -> tuple[Verdict, tuple[Evidence, ...], str]:
    """Turn the places where a claim was found into a verdict, its evidence and a note.

    Evidence is looked for in the cited sentences, then beside them, then in the whole article; where it was
    found decides the verdict (VERIFY, algorithm 5). The best evidence comes first. A soft claim that was not
    found is `unchecked`: its absence proves nothing.
    """
    if not matches and not hard:
        return "unchecked", (), SOFT_NOTE
    if not matches:
        if article.is_read:
            return "unsupported", (), ""
        return (
            "unchecked",
            (),
            f"the checker does not read names and number words in {article.source.language}",
        )
    placed = sorted(
        (
            scope.distance(number := article.source.number_at(m.start)),
            _QUALITY[m.how],
            m.start,
            m.end,
            number,
            m,
        )
        for m in matches
    )
    nearest = placed[0][0]
    kept = [(number, m) for distance, _, _, _, number, m in placed if distance == nearest][:MAX_EVIDENCE]
    evidence = tuple(
        Evidence(
            start=m.start,
            end=m.end,
            surface=article.source.text[m.start : m.end],
            sentence=number,
            how=m.how,
        )
        for number, m in kept
    )
    if nearest == 0:
        return "supported", evidence, kept[0][1].note
    if not hard:
        return "unchecked", (), SOFT_NOTE
    where = "beside the cited sentences" if nearest == 1 else "elsewhere in the article"
    return "misplaced", evidence, f"found only {where}, in sentence {kept[0][0]}"
