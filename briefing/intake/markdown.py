"""Markdown to the plain text that a reader sees. Raw HTML inside Markdown stays as text and is never run."""

from __future__ import annotations

__all__ = ["markdown_to_text"]


def markdown_to_text(markdown: str) -> str:
    r"""Give the text of a Markdown document: one block a paragraph, blank lines between.

    >>> markdown_to_text("# Talks\n\nThe *third* round\nbegan. <script>x</script>\n\n- one\n- two")
    'Talks\n\nThe third round began. <script>x</script>\n\none\n\ntwo'
    """
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown):
        if token.type == "inline":
            words = []
            for child in token.children or ():
                if child.type in ("softbreak", "hardbreak"):
                    words.append(" ")
                elif child.type in ("text", "code_inline"):
                    words.append(child.content)
            blocks.append("".join(words).strip())
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.strip())
    return "\n\n".join(block for block in blocks if block)
