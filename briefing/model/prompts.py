"""The words that go to the model. Their text lies in `prompts/*.md`, for people to read and edit."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from briefing.model.types import Message
from briefing.source import Source
from briefing.text.names import find_names, translate_name

__all__ = ["LANGUAGE_NAMES", "brief_messages", "numbered", "prompt", "prompt_version"]

LANGUAGE_NAMES = {"en": "English", "ar": "Arabic"}
_MAX_GLOSSARY = 40


@cache
def _raw(name: str) -> str:
    return (resources.files("briefing.model") / "prompts" / f"{name}.md").read_text("utf-8").strip()


def prompt(name: str, language: str) -> str:
    """Give the system prompt `name` for a brief in `language`."""
    return _raw(name).replace("{language_name}", LANGUAGE_NAMES.get(language, language))


@cache
def prompt_version(name: str) -> str:
    """Give a version that changes with the prompt's text: its name and eight hex digits of its hash."""
    return f"{name}-{hashlib.sha256(_raw(name).encode()).hexdigest()[:8]}"


def numbered(source: Source, numbers: list[int] | None = None) -> str:
    """Write the sentences with their numbers, one a line.

    Line breaks inside a sentence become spaces, so that no text of the article can start a line and pose as a
    sentence number.

    Args:
        source: The article.
        numbers: Sentences to write, in order; None for all.
    """
    wanted = numbers if numbers is not None else range(1, len(source.sentences) + 1)
    return "\n".join(f"[{n}] {' '.join(source.sentence(n).split())}" for n in wanted)


def article_message(source: Source) -> str:
    """Write what is known of the article and its numbered sentences, between two marks."""
    facts = [
        f"{label}: {' '.join(value.split())}"
        for label, value in (
            ("Title", source.title),
            ("Publisher", source.publisher),
            ("Published", source.published),
            ("Language", source.language),
        )
        if value
    ]
    return "\n".join([*facts, "<article>", numbered(source), "</article>"])


def glossary(source: Source, language: str) -> str:
    """Write names of the article with their usual form in the brief's language; "" when there are none."""
    if source.language == language or language not in LANGUAGE_NAMES:
        return ""
    rows: dict[str, str] = {}
    for mention in find_names(source.text):
        form = translate_name(mention.surface, to="ar" if language == "ar" else "en")
        if form and mention.category != "demonym":
            rows.setdefault(mention.surface, form)
    lines = [f"{surface} = {form}" for surface, form in list(rows.items())[:_MAX_GLOSSARY]]
    return "\n".join(["Glossary", *lines]) if lines else ""


def brief_messages(source: Source, language: str) -> list[Message]:
    """Give the conversation that asks for a whole brief."""
    parts = [article_message(source), glossary(source, language), "Write the brief."]
    return [
        {"role": "system", "content": prompt("full", language)},
        {"role": "user", "content": "\n\n".join(part for part in parts if part)},
    ]
