"""The exceptions of briefing, grouped by who must act; `exit_code` is the command's exit code.

```
BriefingError 1
├ SettingsError 2        an option or setting is missing or wrong
├ SourceError 3          the article cannot be read (.path)
├ ModelError 4           the language model did not deliver
│ ├ ModelUnavailable     not reachable, not installed, refused the key
│ ├ OutputTruncated      the answer hit the token limit
│ ├ OutputInvalid        the answer does not fit the schema
│ └ BudgetExceeded       the next call would pass the token or cost limit
├ UnsupportedClaims 5    only when asked for: --strict, verify
├ RenderError 6          template, font, PDF option
└ StoreError 7           not ours, wrong version, not writable
```

A message says what, where, and what to do. Exceptions of providers, Jinja and WeasyPrint never leave
their rooms: they are raised again as one of these, `from` the original.
"""

from __future__ import annotations

__all__ = [
    "BriefingError",
    "BudgetExceeded",
    "ModelError",
    "ModelUnavailable",
    "OutputInvalid",
    "OutputTruncated",
    "RenderError",
    "SettingsError",
    "SourceError",
    "StoreError",
    "UnsupportedClaims",
]


class BriefingError(Exception):
    """Base class: catch this one to catch everything that briefing raises on purpose."""

    exit_code = 1


class SettingsError(BriefingError):
    """An option, environment variable or setting is missing or wrong."""

    exit_code = 2


class SourceError(BriefingError):
    """The article cannot be read: missing, empty, binary, too large, without a sentence.

    Args:
        message: What is wrong and what to do.
        path: The file or address, or None for text that came from the caller.
    """

    exit_code = 3

    def __init__(self, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.path = path


class ModelError(BriefingError):
    """The language model did not deliver a usable answer."""

    exit_code = 4


class ModelUnavailable(ModelError):  # noqa: N818  (names say what happened)
    """No answer came: endpoint down, key refused, model unknown, embedded model not installed."""


class OutputTruncated(ModelError):  # noqa: N818
    """The answer stopped at the token limit before it was complete."""


class OutputInvalid(ModelError):  # noqa: N818
    """The answer does not fit the schema, even after it was asked for again."""


class BudgetExceeded(ModelError):  # noqa: N818
    """The next call would pass the limit on tokens or cost; what is done is kept."""


class UnsupportedClaims(BriefingError):  # noqa: N818
    """The brief holds claims that the article does not support, and the caller asked to fail on that."""

    exit_code = 5


class RenderError(BriefingError):
    """A page could not be made: template, font, missing system library, PDF option."""

    exit_code = 6


class StoreError(BriefingError):
    """A stored report is not ours, of another version, or its folder is not writable."""

    exit_code = 7
