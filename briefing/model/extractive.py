"""The plan for a weak model: code finds mentions and passages, the model chooses, the passage itself is shown.

One small question a sentence, all with the same beginning, so that a local server reads that once. The model
writes no free text but a few words on what each figure counts, which are kept only when they are the
sentence's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import ConfigDict, Field, create_model

from briefing.checker.article import Article
from briefing.checker.lookup import is_soft_quantity
from briefing.errors import OutputInvalid, OutputTruncated
from briefing.model.candidates import ACTION_FAMILIES, Candidates, Entity
from briefing.model.prompts import prompt
from briefing.model.types import Message, Model
from briefing.report import Usage
from briefing.schema import (
    Brief,
    Demand,
    Figure,
    Judgement,
    MilitaryAction,
    Party,
    Statement,
    Talks,
)
from briefing.source import Source
from briefing.text.cues import find_cues
from briefing.text.fold import clean, fold
from briefing.text.quantities import Quantity

__all__ = ["extract_brief"]

NONE = "none"
_LIMITS = {"demands": 6, "names": 10, "actions": 10, "talks": 4, "outlook": 4, "figures": 14}
"""Most sentences asked about a section: at 2 to 4 s a question on two cores, a minute an article."""
_FIGHTERS = frozenset({"state", "armed_group", "government_body", "coalition"})
_NO_PARTY = frozenset({"place", "ship_or_weapon", "event"})
_KINDS = ("person", "state", "armed_group", "government_body", "organisation", "media", *sorted(_NO_PARTY))
_MAX_TOKENS = 200
_PASSAGE_CHARS = 590
_WORD = re.compile(r"[^\W_]+")
_NEGATIONS = frozenset({"no", "not", "none", "never", "لا", "لم", "لن", "ليس", "غير"})
_FORECAST = frozenset(
    {
        "almost_no_chance",
        "very_unlikely",
        "unlikely",
        "roughly_even_chance",
        "likely",
        "very_likely",
        "almost_certain",
    }
)
_ISO = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?|XXXX-\d{2}(-\d{2})?)")


@dataclass
class _Asker:
    """The model, the article and what was used so far. Lives for one brief."""

    model: Model
    found: Candidates
    language: str
    usage: Usage = field(default_factory=Usage)
    kinds: dict[str, str] = field(default_factory=dict)
    used: dict[str, Entity] = field(default_factory=dict)

    def ask(
        self, number: int, fields: dict[str, tuple[str, ...]], texts: tuple[str, ...] = (), about: str = ""
    ) -> dict[str, str]:
        """Ask about one sentence.

        Args:
            number: The sentence.
            fields: Field → its options; "none" is added.
            texts: Fields of a few free words.
            about: The name that is asked about, when it is one.

        Returns:
            The answers without those that are "none"; {} when the model gave no usable answer.
        """
        definitions: dict[str, Any] = {
            name: (Literal[(*dict.fromkeys(options), NONE)], ...) for name, options in fields.items()
        }
        definitions |= {name: (str, Field(min_length=1, max_length=80)) for name in texts}
        form = create_model("Form", __config__=ConfigDict(extra="forbid", frozen=True), **definitions)
        options = dict.fromkeys(option for name, row in fields.items() if name != "status" for option in row)
        lines = [f"Sentence: {self._line(number)}"]
        if options and number > 1:
            lines.insert(0, f"Before: {self._line(number - 1)}")
        if about:
            lines.append(f"About: {about}")
        if options:
            lines.append(f"Options: {', '.join(options)}")
        messages: list[Message] = [
            {"role": "system", "content": prompt("extractive", self.language)},
            {"role": "user", "content": "\n".join(lines)},
        ]
        try:
            answer, usage = self.model.fill(form, messages, max_tokens=_MAX_TOKENS)
        except (OutputInvalid, OutputTruncated):
            return {}
        self.usage += usage
        return {name: value for name, value in answer.model_dump().items() if value != NONE}

    def parties_in(self, number: int) -> tuple[Entity, ...]:
        """Give who may act in a sentence, without what the model took for places and things."""
        return tuple(
            e for e in self.found.parties_in(number) if self.kinds.get(e.as_written) not in _NO_PARTY
        )

    def kind_of(self, entity: Entity) -> str | None:
        """Give what an entity is: by the model's answer, else as the gazetteer or the article tells."""
        return self.kinds.get(entity.as_written, entity.kind)

    def ships_in(self, number: int) -> tuple[Entity, ...]:
        """Give the ships and weapons that a sentence names."""
        return tuple(
            e for e in self.found.entities if number in e.sentences and self.kind_of(e) == "ship_or_weapon"
        )

    def places_in(self, number: int) -> tuple[Entity, ...]:
        """Give the places that a sentence names."""
        return tuple(
            e
            for e in self.found.entities
            if number in e.sentences and (e.is_place or self.kinds.get(e.as_written) == "place")
        )

    def _line(self, number: int) -> str:
        return " ".join(self.found.source.sentence(number).split())

    def name_of(self, entities: tuple[Entity, ...], answer: str | None) -> str | None:
        """Give the name of the entity that was chosen, and remember it as a party."""
        chosen = next((e for e in entities if answer is not None and e.as_written == answer), None)
        if chosen is None:
            return None
        if not chosen.is_place and self.kinds.get(chosen.as_written) not in _NO_PARTY:
            self.used[chosen.as_written] = chosen
        return chosen.name


def extract_brief(
    source: Source, model: Model, language: str, *, on_step: Callable[[str], None]
) -> tuple[Brief, Usage]:
    """Make a brief out of the article's own passages.

    Args:
        source: The article.
        model: Who chooses.
        language: Language of the names, where the gazetteer has them; texts are passages as they are.
        on_step: Told which section is being read.

    Raises:
        ModelUnavailable: The model does not answer.
    """
    found = Candidates(Article.of(source), language)
    asker = _Asker(model, found, language)
    on_step("reading the names")
    _ask_kinds(asker)
    on_step("reading the military actions")
    actions = tuple(_actions(asker))
    on_step("reading the demands")
    demands = tuple(_demands(asker))
    on_step("reading the talks")
    talks = tuple(_talks(asker))
    on_step("reading the outlook")
    outlook = tuple(_outlook(asker))
    on_step("reading the figures")
    figures = tuple(_figures(asker))
    on_step("reading the parties")
    parties = tuple(_parties(asker))
    brief = Brief(
        headline=_headline(found),
        bottom_line=tuple(
            Statement(cites=(n,), text=passage(found.source, n)) for n in _key_sentences(found)
        ),
        parties=parties,
        demands=demands,
        military_actions=actions,
        talks=talks,
        figures=figures,
        outlook=outlook,
    )
    return brief, asker.usage


def passage(source: Source, number: int) -> str:
    """Give a sentence on one line, cut at a space when it is longer than a text may be."""
    text = " ".join(source.sentence(number).split())
    if len(text) <= _PASSAGE_CHARS:
        return text
    return text[:_PASSAGE_CHARS].rsplit(" ", 1)[0] + " …"


def _headline(found: Candidates) -> Statement:
    """Take the title, citing the sentences that hold its names and numbers; without one, the first sentence."""
    title = " ".join((found.source.title or "").split())
    if not title or len(title) > _PASSAGE_CHARS:
        return Statement(cites=(1,), text=passage(found.source, 1))
    from briefing.checker.text_checks import check

    numbers = {1}
    for claim in check(title, found.source):
        numbers.update(evidence.sentence for evidence in claim.evidence[:1])
    return Statement(cites=tuple(sorted(numbers))[:12], text=title)


def _key_sentences(found: Candidates) -> list[int]:
    """Choose up to three sentences for the bottom line: the first, and the two that hold the most.

    A sentence's weight is its numbers, names and families of cue words, less for each sentence before it; it must
    have at least 40 characters, so that a heading is not chosen.
    """
    numbers = [s.number for s in found.source.sentences if s.end - s.start >= 40] or [1]
    first, rest = numbers[0], numbers[1:]

    def weight(number: int) -> float:
        n_names = sum(number in entity.sentences for entity in found.entities)
        n_numbers = sum(not is_soft_quantity(q) for q in found.quantities_in(number))
        n_cues = len(found.families.get(number, frozenset()))
        return (n_names + 1.5 * n_numbers + n_cues) * (1 - 0.5 * number / len(found.source.sentences))

    best = sorted(sorted(rest, key=lambda n: -weight(n))[:2])
    return [first, *best]


def _ask_kinds(asker: _Asker) -> None:
    """Ask what the names are that neither the gazetteer nor the article's own words tell."""
    doubtful = [entity for entity in asker.found.entities if not entity.is_sure]
    for entity in sorted(doubtful, key=lambda e: -len(e.sentences))[: _LIMITS["names"]]:
        answer = asker.ask(entity.sentences[0], {"kind": _KINDS}, about=entity.as_written)
        asker.kinds[entity.as_written] = answer.get("kind", "event")


def _actions(asker: _Asker) -> Iterator[MilitaryAction]:
    """Ask about the sentences with words for a military action that are no demand and no forecast."""
    found = asker.found
    n_given = 0
    for number in found.sentences_with(frozenset(ACTION_FAMILIES), len(found.source.sentences)):
        families = found.families[number]
        if n_given == _LIMITS["actions"]:
            return
        if families & _FORECAST or ("demand" in families and "threaten" not in families):
            continue
        people, places = asker.parties_in(number), asker.places_in(number)
        if not (people or places):
            continue
        speaker = found.speaker(number)
        actors = tuple(
            e
            for e in people
            if e != speaker
            and asker.kind_of(e) in _FIGHTERS
            and not (speaker and number in speaker.sentences and found.owns(e, speaker))
        )
        targets = tuple(
            dict.fromkeys((*actors, *(e for e in places if not e.is_water), *asker.ships_in(number)))
        )
        types, modalities = found.action_types(number), found.modalities(number)
        answer: dict[str, str] = {"status": modalities[-1]}
        if targets:
            fields: dict[str, tuple[str, ...]] = {"actor": _written(actors), "target": _written(targets)}
            if len(modalities) > 1:
                fields["status"] = modalities
            answer = asker.ask(number, fields)
        actor, target = answer.get("actor"), answer.get("target")
        if actor == target:
            target = None
        if actor is None and target is None and types[-1] in ("attack", "naval_attack", "deployment"):
            continue
        place = places[0] if len(places) == 1 else None
        day, day_written = _date(found, number)
        n_given += 1
        yield MilitaryAction(
            cites=(number,),
            actor=asker.name_of(actors, actor),
            action_type=types[0],
            description=passage(found.source, number),
            target=asker.name_of(targets, target),
            place=place.name if place else None,
            place_as_written=place.as_written if place else None,
            date=day,
            date_as_written=day_written,
            modality=answer.get("status", modalities[0]),
            said_by=asker.name_of((speaker,), speaker.as_written) if speaker else None,
        )


def _written(entities: tuple[Entity, ...]) -> tuple[str, ...]:
    return tuple(entity.as_written for entity in entities)


def _date(found: Candidates, number: int) -> tuple[str | None, str | None]:
    mention = found.date_in(number)
    if mention is None:
        return None, None
    value = mention.resolved_value or mention.value
    return (value if _ISO.fullmatch(value) else None), " ".join(mention.surface.split())


def _demands(asker: _Asker) -> Iterator[Demand]:
    found = asker.found
    for number in found.sentences_with(frozenset({"demand"}), _LIMITS["demands"]):
        people = asker.parties_in(number)
        if not people:
            continue
        names = tuple(e.as_written for e in people)
        families = found.families.get(number, frozenset())
        responses = [
            response
            for family, response in (
                ("accept", "accepted"),
                ("reject", "rejected"),
                ("conditional", "conditional"),
            )
            if family in families
        ]
        fields: dict[str, tuple[str, ...]] = {"by": names, "of": names}
        if responses:
            fields["response"] = tuple(responses)
        answer = asker.ask(number, fields)
        by, of = answer.get("by"), answer.get("of")
        name = asker.name_of(people, by)
        if name is None:
            continue
        other = asker.name_of(people, of) if of != by else None
        yield Demand(
            cites=(number,),
            by=name,
            of=(other,) if other else (),
            demand=passage(found.source, number),
            via=None,
            response=answer.get("response", "none_reported"),
        )


def _talks(asker: _Asker) -> Iterator[Talks]:
    found = asker.found
    for number in found.sentences_with(frozenset({"talks"}), _LIMITS["talks"]):
        people = asker.parties_in(number)
        if len(people) < 2:
            continue
        names = tuple(e.as_written for e in people)
        answer = asker.ask(number, {"participant_1": names, "participant_2": names, "mediator": names})
        one, two, mediator = (answer.get(key) for key in ("participant_1", "participant_2", "mediator"))
        participants = [n for key in dict.fromkeys((one, two)) if (n := asker.name_of(people, key))]
        if not participants:
            continue
        go_between = asker.name_of(people, mediator) if mediator not in (one, two) else None
        places = asker.places_in(number)
        day, day_written = _date(found, number)
        yield Talks(
            cites=(number,),
            participants=tuple(participants),
            mediators=(go_between,) if go_between else (),
            place=places[0].name if len(places) == 1 else None,
            date=day,
            date_as_written=day_written,
            subject=passage(found.source, number),
            outcome=None,
        )


def _outlook(asker: _Asker) -> Iterator[Judgement]:
    """Take the sentences with a likelihood word; the word decides the likelihood."""
    found = asker.found
    for number in found.sentences_with(_FORECAST, _LIMITS["outlook"]):
        speaker = found.speaker(number)
        words = [cue.surface for cue in find_cues(found.source.sentence(number), _FORECAST)]
        yield Judgement(
            cites=(number,),
            text=passage(found.source, number),
            likelihood=found.likelihood(number),
            confidence="low",
            said_by=asker.name_of((speaker,), speaker.as_written) if speaker else None,
            basis=" · ".join(dict.fromkeys(words)),
        )


def _figures(asker: _Asker) -> Iterator[Figure]:
    found = asker.found
    n_given = 0
    for sentence in found.source.sentences:
        if n_given >= _LIMITS["figures"]:
            return
        wanted = [q for q in found.quantities_in(sentence.number) if not is_soft_quantity(q)]
        if not wanted:
            continue
        keys = {
            f"counts_{re.sub(r'[^0-9A-Za-z]+', '_', q.surface).strip('_') or n}_{n}": q
            for n, q in enumerate(wanted)
        }
        answer = asker.ask(sentence.number, {}, tuple(keys))
        for key, quantity in keys.items():
            n_given += 1
            yield _figure(found, sentence.number, quantity, answer.get(key, ""))


def _figure(found: Candidates, number: int, quantity: Quantity, words: str) -> Figure:
    counts = (
        words
        if _are_own_words(words, found.source.sentence(number))
        else _words_after(found, number, quantity)
    )
    unit = "percent" if quantity.kind == "percent" else quantity.unit
    mention = found.date_in(number)
    as_of = mention.value if mention and not mention.value_end and _ISO.fullmatch(mention.value) else None
    return Figure(
        cites=(number,),
        value=quantity.value,
        value_max=quantity.value_max,
        as_written=" ".join(quantity.surface.split()),
        bound=quantity.bound,
        unit=unit,
        counts=counts,
        as_of=as_of if as_of and "X" not in as_of else None,
        said_by=None,
    )


def _are_own_words(words: str, sentence: str) -> bool:
    """Tell whether there is a word, and each of three letters or more begins like one of the sentence."""
    own = _WORD.findall(fold(clean(sentence).text))
    beginnings = {word[:4] for word in own}
    words_said = _WORD.findall(fold(clean(words).text))
    # A number or a negation of its own would change what is said.
    if any((word.isdigit() or word in _NEGATIONS) and word not in own for word in words_said):
        return False
    said = [word for word in words_said if len(word) > 2]
    return bool(said) and all(word[:4] in beginnings for word in said)


def _words_after(found: Candidates, number: int, quantity: Quantity) -> str:
    """Give the words that follow a number up to a mark, at most ten; before it when none follow."""
    span = found.source.sentences[number - 1]
    start = max(quantity.end, quantity.unit_end or 0)
    after = (
        re.split(r"[،;؛!?؟«»“”\n]|[.,:](?=\s|\Z)", found.source.text[start : span.end])[0].strip("- ").split()
    )
    if after:
        return " ".join(after[:10])[:300]
    before = found.source.text[span.start : quantity.start].split()
    return (" ".join(before[-8:]) or passage(found.source, number))[:300]


def _parties(asker: _Asker) -> Iterator[Party]:
    """List who was chosen anywhere, and every state, group and body that is named twice."""
    for entity in asker.found.entities:
        is_known = entity.kind in ("state", "armed_group", "coalition", "government_body")
        if entity.as_written not in asker.used and not (is_known and len(entity.sentences) > 1):
            continue
        asked = asker.kinds.get(entity.as_written)
        kind: Any = asked or entity.kind or "organisation"
        yield Party(
            cites=entity.sentences[:4],
            name=entity.name,
            as_written=entity.as_written,
            kind=kind,
            role=None,
        )
