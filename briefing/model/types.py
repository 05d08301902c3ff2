"""What the rest of briefing knows of a language model: one method, `fill`.

No provider is named here; the implementations are `client.EndpointModel` (any OpenAI-compatible endpoint),
`local.LocalModel` (in this process), `replay.ReplayModel` and `replay.ScriptedModel`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol, TypeAlias, TypedDict, TypeVar

from pydantic import BaseModel

from briefing.report import Usage

__all__ = ["Message", "Model", "OnProgress", "T"]

T = TypeVar("T", bound=BaseModel)

OnProgress: TypeAlias = Callable[[str, float | None], None]
"""Called with what is going on in a few words and the share done (0–1), None when it cannot be told.

It may be called from a thread other than the caller's.
"""


class Message(TypedDict):
    """One turn of the conversation; the content goes out byte for byte."""

    role: Literal["system", "user", "assistant"]
    content: str


class Model(Protocol):
    """A language model that fills a schema."""

    @property
    def name(self) -> str:
        """Give the model's name as its endpoint calls it."""

    @property
    def endpoint(self) -> str:
        """Give the base URL without credentials, or "embedded", "replay", "scripted"."""

    @property
    def n_ctx(self) -> int | None:
        """Give the context window in tokens, prompt and answer together; None when it is not known."""

    def fill(
        self, response_model: type[T], messages: list[Message], *, max_tokens: int | None = None
    ) -> tuple[T, Usage]:
        """Have the model fill a schema.

        Args:
            response_model: The schema; its validation decides whether the answer fits.
            messages: The conversation, oldest first; not changed.
            max_tokens: Limit on the answer, in tokens; None leaves the model's own limit.

        Returns:
            The filled object, and what all the requests took that were needed to get it.

        Raises:
            ModelUnavailable: No answer came.
            OutputTruncated: The answer hit the token limit.
            OutputInvalid: The answer does not fit the schema, even after it was asked for again.
        """
