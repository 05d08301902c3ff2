"""What a weak model may choose among: the names, sentences and numbers of an article, found by code. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from briefing.checker.article import Article
from briefing.checker.lookup import NAME_SCORE
from briefing.schema import ActionType, Likelihood, Modality, PartyKind
from briefing.source import Source
from briefing.text.cues import find_cues
from briefing.text.dates import DateMention
from briefing.text.fold import clean, fold
from briefing.text.names import NameMention, match_names, translate_name
from briefing.text.names_words import concepts
from briefing.text.quantities import Quantity

__all__ = ["ACTION_FAMILIES", "Candidates", "Entity"]

_KIND_OF_CATEGORY: dict[str, PartyKind] = {
    "country": "state",
    "government": "government_body",
    "office": "government_body",
    "army": "government_body",
    "body": "organisation",
    "organisation": "organisation",
    "armed_group": "armed_group",
    "media": "media",
    "person": "person",
}
_PLACES = frozenset(
    {
        "city",
        "region",
        "sea",
        "strait",
        "gulf",
        "river",
        "island",
        "mountain",
        "place",
        "site",
        "port",
        "area",
    }
)
ACTION_FAMILIES: tuple[ActionType, ...] = (
    "suicide_bombing",
    "vessel_seizure",
    "interception",
    "air_or_drone_strike",
    "missile_or_artillery_attack",
    "explosive_device",
    "armed_clash",
    "abduction",
    "arrest",
    "blockade",
    "territory_taken",
    "withdrawal",
    "deployment",
    "naval_attack",
    "attack",
)
"""Families of cue words that make a sentence a candidate for a military action, the most specific first."""
_GENERIC = frozenset({"attack", "naval_attack", "deployment"})
_MODALITIES: dict[str, Modality] = {
    "deny": "denied",
    "threaten": "threatened",
    "plan": "planned",
    "halt": "halted",
    "ongoing": "ongoing",
}
_LIKELIHOODS: tuple[Likelihood, ...] = (
    "almost_no_chance",
    "very_unlikely",
    "unlikely",
    "roughly_even_chance",
    "very_likely",
    "almost_certain",
    "likely",
)


_HEADING_CHARS = 70
_SAY_REACH = 4
_DATELINE = re.compile(r"(?:,[^—–\n]{0,30}|\s*\([^)\n]{0,30}\))?\s*[—–]")
# "Orsevan's Interior Ministry", "Belkhar's army": whose ministry or army it is, is a state.
_STATE_HAS = re.compile(
    r"['’]s?\s+(?:\w+\s+){0,2}(?:army|military|government|ministry|navy|air force|forces|troops|president|minister|"
    r"parliament|border guards?|coast guard|ambassador|capital)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or some place that the article names.

    Attributes:
        name: In the brief's language where the gazetteer has it, else as written.
        as_written: Longest form in the article.
        kind: What kind of party it is, None when only the model can tell, or when it is a place.
        is_place: Whether it is known to be a place and not a party.
        sentences: Numbers of the sentences that name it, ascending.
        is_water: Whether it is a sea, gulf or strait: a place where things happen, not what is attacked.
        is_sure: Whether kind or place is known from the gazetteer or the article's own words, not guessed.
        spans: Where it is named in the text.
    """

    name: str
    as_written: str
    kind: PartyKind | None
    is_place: bool
    sentences: tuple[int, ...]
    is_water: bool
    is_sure: bool
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Candidates:
    """What the article offers, by sentence."""

    article: Article
    language: str

    @property
    def source(self) -> Source:
        """The article itself."""
        return self.article.source

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The named entities, in the order of their first mention; spellings of one name are one entity."""
        groups: list[list[NameMention]] = []
        by_key: dict[str, list[NameMention]] = {}
        for mention in self.article.name_mentions:
            if mention.category == "demonym" or not self._is_name(mention):
                continue
            group = by_key.get(mention.value)
            if group is None and mention.category in ("unknown", "person"):
                group = next((g for g in groups if _same_person(g[0], mention)), None)
            if group is None:
                group = []
                groups.append(group)
            group.append(mention)
            by_key.setdefault(mention.value, group)
        return tuple(self._entity(group) for group in groups)

    def _is_name(self, mention: NameMention) -> bool:
        """Tell whether a mention may stand for somebody: it has letters, is in one sentence and no heading."""
        number = self.source.number_at(mention.start)
        span = self.source.sentences[number - 1]
        has_letters = any(char.isalpha() for char in mention.surface)
        in_dateline = number == 1 and bool(_DATELINE.match(self.source.text, mention.end))
        return has_letters and mention.end <= span.end and not in_dateline and not self.is_heading(number)

    def is_heading(self, number: int) -> bool:
        """Tell whether a sentence is a heading: short and without a mark at its end; or a note of correction."""
        text = self.source.sentence(number)
        if re.match(r"(?:Correction|Editor|تصحيح|تصويب)\b", text):
            return True
        return len(text) <= _HEADING_CHARS and text[-1] not in '.!?؟…"”»:)'

    def _entity(self, mentions: list[NameMention]) -> Entity:
        longest = max(mentions, key=lambda m: len(m.surface))
        category = next((m.category for m in mentions if m.category != "unknown"), "unknown")
        known = longest.english if self.language == "en" else longest.arabic
        name = known or translate_name(longest.surface, to="ar" if self.language == "ar" else "en")
        spans = tuple((m.start, m.end) for m in mentions)
        is_state = category in ("person", "unknown") and any(
            _STATE_HAS.match(self.source.text, end) for _, end in spans
        )
        if is_state:
            category = "country"
        speaks = category in ("person", "unknown") and any(
            self._say_distance(*span) is not None for span in spans
        )
        return Entity(
            name=" ".join((name or longest.surface).split()),
            as_written=longest.surface,
            kind="person" if speaks and category == "person" else _KIND_OF_CATEGORY.get(category),
            is_place=category in _PLACES,
            sentences=tuple(sorted({self.source.number_at(m.start) for m in mentions})),
            is_water=category == "sea",
            is_sure=speaks if category in ("person", "unknown") else True,
            spans=spans,
        )

    def _say_distance(self, start: int, end: int) -> int | None:
        """Count the words between a mention and the nearest verb of saying in its sentence; None beyond four."""
        span = self.source.sentences[self.source.number_at(start) - 1]
        text = self.source.text
        before = text[span.start : start].split()[::-1][:_SAY_REACH]
        after = text[end : span.end].split()[:_SAY_REACH]
        wanted = frozenset({"say"})
        found = [n for words in (before, after) for n, word in enumerate(words) if find_cues(word, wanted)]
        return min(found, default=None)

    def speaker(self, number: int) -> Entity | None:
        """Give who a sentence says said it: the party nearest to a verb of saying, within four words, else None."""
        found: dict[str, tuple[int, Entity]] = {}
        for entity in self.entities:
            for start, end in entity.spans:
                distance = self._say_distance(start, end)
                if not entity.is_place and self.source.number_at(start) == number and distance is not None:
                    found[entity.as_written] = (distance, entity)
        ranked = sorted(found.values(), key=lambda pair: pair[0])
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        return ranked[0][1]

    @cached_property
    def families(self) -> dict[int, frozenset[str]]:
        """The families of cue words in each sentence that has any."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for cue in find_cues(self.source.text):
            found[self.source.number_at(cue.start)].add(cue.family)
        return {number: frozenset(families) for number, families in found.items()}

    def sentences_with(self, families: frozenset[str], limit: int) -> list[int]:
        """Give the numbers of the first sentences, headings aside, that have a cue of these families."""
        return [
            n for n, found in sorted(self.families.items()) if found & families and not self.is_heading(n)
        ][:limit]

    def action_types(self, number: int) -> tuple[ActionType, ...]:
        """Give the action types whose cues the sentence has; a generic one only when there is no specific one."""
        found = tuple(
            family for family in ACTION_FAMILIES if family in self.families.get(number, frozenset())
        )
        specific = tuple(family for family in found if family not in _GENERIC)
        return specific or found

    def modalities(self, number: int) -> tuple[Modality, ...]:
        """Give what the sentence may say of an action: that it occurred, or what its cues allow.

        A sentence that threatens or denies is never offered as a deed: that would be the worst mistake.
        """
        found = self.families.get(number, frozenset())
        for family in ("threaten", "deny"):
            if family in found:
                return (_MODALITIES[family],)
        return ("occurred", *(m for family, m in _MODALITIES.items() if family in found))

    def owns(self, entity: Entity, other: Entity) -> bool:
        """Tell whether an entity is named only as the owner of another: "Kardania's Defence Ministry"."""
        starts = {start for start, _ in other.spans}
        text = self.source.text
        return any(
            start - end in (2, 3) and text[end : end + 2] in ("'s", "’s")
            for _, end in entity.spans
            for start in starts
        )

    def likelihood(self, number: int) -> Likelihood | None:
        """Give the likelihood word of a sentence, None when it has none or only "may" and "if"."""
        found = self.families.get(number, frozenset())
        return next((word for word in _LIKELIHOODS if word in found), None)

    def parties_in(self, number: int) -> tuple[Entity, ...]:
        """Give who a sentence names, and whom it means by a noun of the name that nobody else has ("the front")."""
        named = [e for e in self.entities if number in e.sentences and not e.is_place]
        words = frozenset(_WORD.findall(fold(clean(self.source.sentence(number)).text)))
        meant = [
            entity
            for noun, entity in self._nouns.items()
            if entity not in named and not _definite(noun).isdisjoint(words)
        ]
        return tuple(dict.fromkeys((*named, *meant)))

    @cached_property
    def _nouns(self) -> dict[str, Entity]:
        """The common nouns in the names of parties that only one party's name has."""
        owners: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities:
            if entity.is_place or entity.kind == "person":
                continue
            before = [self.source.text[max(0, s - 30) : s] for s, _ in entity.spans]
            quoted = [
                words.split()[-2] for words in before if words.endswith(" «") and len(words.split()) > 1
            ]
            named = " ".join([entity.as_written, *quoted])
            for word in set(_WORD.findall(fold(clean(named).text))):
                noun = word.removeprefix("و").removeprefix("ال")
                if noun in concepts():
                    owners[noun].append(entity)
        return {noun: entities[0] for noun, entities in owners.items() if len(entities) == 1}

    def places_in(self, number: int) -> tuple[Entity, ...]:
        """Give the places, and unknown names that may be places, that a sentence names."""
        return tuple(e for e in self.entities if number in e.sentences and (e.is_place or e.kind is None))

    def quantities_in(self, number: int) -> tuple[Quantity, ...]:
        """Give the quantities of a sentence."""
        return tuple(q for q in self.article.quantities if self.source.number_at(q.start) == number)

    def date_in(self, number: int) -> DateMention | None:
        """Give the first date of a sentence, None when it has none."""
        return next((d for d in self.article.dates if self.source.number_at(d.start) == number), None)


def _same_person(a: NameMention, b: NameMention) -> bool:
    """Tell whether two mentions are one person or unknown name: alike, or the last word of one is the other."""
    if a.category not in ("unknown", "person"):
        return False
    if match_names(a.surface, b.surface).score >= NAME_SCORE:
        return True
    words_a, words_b = a.surface.split(), b.surface.split()
    if len(words_b) == 1 and len(words_a) > 1:
        return match_names(words_a[-1], words_b[0]).score >= NAME_SCORE
    return False


def _definite(noun: str) -> frozenset[str]:
    """Give the forms in which a sentence refers back by a noun: the noun in English, with its article in Arabic."""
    if noun.isascii():
        return frozenset({noun})
    return frozenset(f"{particle}{noun}" for particle in ("ال", "وال", "بال", "فال", "كال", "لل", "ولل"))
