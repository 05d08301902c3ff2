"""HTML to the plain text of its article and the facts in its head. Runs no script, follows no link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import SourceError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Page", "html_to_article"]

# Parts of a page that are not its article, and the elements that stand on lines of their own.
_DROPPED = tuple("script style noscript template svg nav header footer aside form button iframe".split())  # noqa: SIM905
_BLOCKS = frozenset(
    "address article blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li main ol p pre "  # noqa: SIM905
    "section table td th tr ul".split()
)
_SPACE = re.compile(r"[^\S\n]+")
_META = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "publisher": ("og:site_name", "application-name", "dc.publisher"),
    "published": ("article:published_time", "date", "dc.date", "pubdate", "datepublished"),
    "url": ("og:url",),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page and what its head says of it (title, publisher, published, url, language)."""

    text: str
    facts: dict[str, str]


def html_to_article(markup: str, where: str) -> Page:
    """Give the article of a page: its <article> or <main> if there is one, else its body.

    Raises:
        SourceError: The markup cannot be parsed at all.
    """
    from lxml import etree, html

    try:
        root = html.document_fromstring(markup.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as exc:
        raise SourceError(f"{where}: the HTML cannot be parsed: {exc}", where) from exc
    facts = _facts(root)
    for tag in _DROPPED:
        for element in root.xpath(f"//{tag}[not(self::header) or not(ancestor::article)]"):
            element.drop_tree()
    found = root.xpath("//article") or root.xpath("//main") or root.xpath("//body") or [root]
    body = max(found, key=lambda element: len(element.text_content()))
    return Page(_text(body), facts)


def _facts(root: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in root.xpath("//meta[@content]"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(key, meta.get("content").strip())
    facts = {
        fact: value
        for fact, keys in _META.items()
        if (value := next(filter(None, map(metas.get, keys)), None))
    }
    titles = root.xpath("//title")
    if "title" not in facts and titles and titles[0].text_content().strip():
        facts["title"] = _SPACE.sub(" ", titles[0].text_content()).strip()
    times = root.xpath("//article//time/@datetime")
    if "published" not in facts and times:
        facts["published"] = times[0]
    if not re.match(r"\d{4}-\d{2}-\d{2}", facts.get("published", "")):
        facts.pop("published", None)
    code = (root.get("lang") or "")[:2].lower()
    if re.fullmatch("[a-z]{2}", code):
        facts["language"] = code
    return facts


def _text(body: HtmlElement) -> str:
    """Write the text with a blank line around each block element and a break for each <br>."""
    from lxml import etree

    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            parts.append(element.tail or "")
            continue
        if element.tag in _BLOCKS:
            parts.append("\n\n")
        elif element.tag == "br" and event == "start":
            parts.append("\v")
        if event == "start" and element.text:
            parts.append(element.text)
        elif event == "end" and element is not body and element.tail:
            parts.append(element.tail)
    blocks = []
    for block in re.split(
        r"\n\n+", "".join(part if part == "\n\n" else part.replace("\n", " ") for part in parts)
    ):
        lines = (_SPACE.sub(" ", line).strip() for line in block.split("\v"))
        blocks.append("\n".join(line for line in lines if line))
    return "\n\n".join(block for block in blocks if block)
