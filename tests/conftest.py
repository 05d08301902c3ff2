"""Settings for the whole suite: property tests are repeatable, and no setting of this machine is read."""

from __future__ import annotations

import os
from functools import cache

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "briefing", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("briefing")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("BRIEFING_", "OPENAI_")):
            monkeypatch.delenv(name)


@cache
def _read_articles() -> dict[str, object]:
    return {}


@pytest.fixture
def articles_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests that check one article many times read it once; reading is pure, so nothing else changes."""
    from briefing.checker.article import Article
    from briefing.source import Source

    read, kept = Article.of, _read_articles()

    def of(source: Source) -> object:
        key = f"{source.sha256} {source.language} {source.published} {source.title}"
        if key not in kept:
            kept[key] = read(source)
        return kept[key]

    monkeypatch.setattr(Article, "of", of)
