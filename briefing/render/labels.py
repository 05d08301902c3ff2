"""Load the words of the page, one JSON file per language. Holds no words itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, TypeAlias

from briefing.errors import RenderError
from briefing.render.assets import asset

__all__ = ["Labels", "PageLanguage", "load_labels"]

PageLanguage: TypeAlias = Literal["en", "ar"]
_Tree: TypeAlias = "dict[str, str | _Tree]"


class Labels:
    """The words of one language, read by dotted key: `labels("verdict.supported")`."""

    __slots__ = ("_tree", "language")

    def __init__(self, language: PageLanguage, tree: _Tree) -> None:
        self.language = language
        self._tree = tree

    def __call__(self, key: str) -> str:
        """Give the words at a dotted key.

        Raises:
            RenderError: There are none; the message names key and language.
        """
        found = self.get(key)
        if found is None:
            raise RenderError(f"labels/{self.language}.json has no words for {key!r}")
        return found

    def get(self, key: str) -> str | None:
        """Give the words at a dotted key, or None."""
        node: str | _Tree = self._tree
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                return None
            node = node[part]
        return node if isinstance(node, str) else None

    def key_of(self, group: str, words: str) -> str | None:
        """Give the key within a group that has these words, or None."""
        node = self._tree.get(group)
        keys = [key for key, found in node.items() if found == words] if isinstance(node, dict) else []
        return keys[0] if keys else None


def load_labels(language: PageLanguage, template_dir: Path | None = None) -> Labels:
    """Load the labels of a language.

    Raises:
        RenderError: The file is missing or is not a JSON object of words.
    """
    try:
        tree = json.loads(asset(f"labels/{language}.json", template_dir))
    except json.JSONDecodeError as exc:
        raise RenderError(f"labels/{language}.json is not JSON: {exc}") from exc
    if not isinstance(tree, dict):
        raise RenderError(f"labels/{language}.json is not a JSON object")
    return Labels(language, tree)
