"""The text of an old page as blocks: only what our pages have. Pure code."""

from __future__ import annotations

import re
from typing import Any, Protocol

from lxml.etree import _Element as Element

from articles.page_import import tables
from articles.page_import.marks import RawBlock
from articles.page_import.paragraphs import Run, is_all_bold, plain, tidy, to_html
from articles.page_import.saved_page import SKIPPED, text_of

BLOCKS = frozenset(
    "p div section article main center td th tr tbody thead tfoot dl dt dd figure "
    "figcaption address pre hr fieldset details summary caption body".split()
)
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
BOLD = frozenset({"b", "strong"})
PLAYED = frozenset({"iframe", "video", "audio", "embed", "object", "applet"})
LONGEST_HEADING = 80
LONGEST_CAPTION = 200
LONGEST_NAME = 120
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# A bold line of its own that counts is a heading: 一、总体要求; （一）目标.
_COUNTED = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:、|部分|章)")
_COUNTED_BELOW = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
# What the frame of an old site leaves inside the text.
_FRAME = re.compile(
    r"[【\[（(]?\s*(?:打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部|列表)?|我要纠错|收藏)\b.*"
    r"|(?:上|下)一[篇条页][:：].*|分享(?:到|至)[:：]?.*"
    r"|【?字[体号][:：]?.*|扫一扫.*|(?:浏览|点击|阅读)(?:次数|量|数)[:：]?.*"
)
_FACTS = re.compile(
    r"(?:发布|更新)?(?:时间|日期)[:：]|来源[:：].*(?:时间|日期|浏览|点击|作者|字)"
)
_BEFORE_FILE = re.compile(
    r"(?:相关)?(?:附件|下载)?\s*[\d一二三四五六七八九十]{0,3}\s*[:：.、）)]?\s*"
)
_CAPTION = re.compile(r"[△▲▽▼（(]?\s*(?:图|照片|[△▲▽▼])")


class Resolver(Protocol):
    """What a body asks about the things that it names."""

    def link(self, href: str) -> str:
        """The opening tag of a link; "" where only its text stays."""
        ...

    def attachment(self, link: str) -> str:
        """The mark of the file that an opening tag leads to, or ""."""
        ...

    def picture(self, source: str, words: str) -> str:
        """The mark of a picture, or "" where nothing is shown."""
        ...

    def lost(self, what: str) -> None:
        """Something of the old page that ours do not have."""
        ...


def convert(main: Element, title: str, resolver: Resolver) -> list[RawBlock]:
    """The blocks of a body, without ids. Nothing that is hidden or belongs to the frame
    of the old site; a first line that repeats the title is left out."""
    builder = _Builder(title, resolver)
    builder.walk(main)
    builder.end_paragraph()
    builder.end_text()
    return builder.blocks


def is_hidden(element: Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def words_of_picture(element: Element) -> str:
    """What the old page says of a picture, unless that is only the name of a file."""
    for name in ("alt", "title"):
        words = tidy(element.get(name) or "").strip()
        is_name = re.fullmatch(
            r"(?i)[\w（）()\s.-]*\.(?:jpe?g|png|gif|bmp|webp)", words
        )
        is_empty = re.fullmatch(
            r"(?i)(?:微信)?(?:图片|照片|截图|image|img|pic)?[\W\d_]*", words
        )
        if not is_name and not is_empty:
            return words[:255]
    return ""


class _Builder:
    def __init__(self, title: str, resolver: Resolver) -> None:
        self.blocks: list[RawBlock] = []
        self._resolver = resolver
        self._title = "".join(title.split())
        self._runs: list[Run] = []
        self._text: list[str] = []  # finished paragraphs and lists
        self._lines = 0  # that the body has so far

    # --- reading -------------------------------------------------------------------

    def walk(self, element: Element, bold: bool = False, link: str = "") -> None:
        self._say(element.text, bold, link)
        for child in element:
            if isinstance(child.tag, str) and not is_hidden(child):
                self._child(child, child.tag, bold, link)
            self._say(child.tail, bold, link)

    def _say(self, text: str | None, bold: bool, link: str) -> None:
        if text:
            self._runs.append(Run(text, bold, link))

    def _child(self, child: Element, tag: str, bold: bool, link: str) -> None:
        if tag in SKIPPED:
            return
        if tag == "br":
            self.end_paragraph()
        elif tag == "img":
            self._picture(child)
        elif tag == "a":
            self.walk(child, bold, self._resolver.link(child.get("href") or ""))
        elif tag in BOLD:
            self.walk(child, True, link)
        elif tag in HEADINGS:
            self._heading(child, HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self._list(child, tag)
        elif tag == "table":
            self._table(child)
        elif tag == "blockquote":
            self._quote(child)
        elif tag in PLAYED:
            self._resolver.lost(tag)
        elif tag in BLOCKS:
            self.end_paragraph()
            self.walk(child, bold, link)
            self.end_paragraph()
        else:
            self.walk(child, bold, link)

    def _picture(self, element: Element) -> None:
        source = element.get("src") or element.get("data-src") or ""
        found = self._resolver.picture(source, words_of_picture(element))
        if found:
            self.end_paragraph()
            self._add("picture", {"image": found, "caption": ""})

    def _heading(self, element: Element, level: str) -> None:
        self.end_paragraph()
        if element.find(".//img") is not None or element.find(".//table") is not None:
            self.walk(element)
            self.end_paragraph()
            return
        text = tidy(text_of(element)).strip()
        self._add_heading(text, level, [Run(text, True)])

    def _list(self, element: Element, tag: str) -> None:
        self.end_paragraph()
        items = element.findall("li")
        if len(items) != len(element) or any(
            item.find(f".//{inner}") is not None
            for item in items
            for inner in ("img", "table", "ul", "ol", "h1", "h2", "h3", "h4")
        ):
            for child in element:
                if isinstance(child.tag, str) and not is_hidden(child):
                    self.walk(child)
                    self.end_paragraph()
            return
        lines: list[str] = []
        for item in items:
            runs = self._runs_of(item)
            if is_attachment := self._attachments(runs):
                self._text += self._as_list(tag, lines)
                lines = []
                self._add_attachments(is_attachment)
            elif words := to_html(runs):
                lines.append(f"<li>{words}</li>")
        self._text += self._as_list(tag, lines)

    def _as_list(self, tag: str, lines: list[str]) -> list[str]:
        self._lines += len(lines)
        return [f"<{tag}>{''.join(lines)}</{tag}>"] if lines else []

    def _runs_of(self, element: Element) -> list[Run]:
        """What is said inside, whatever the markup, on one line."""
        inner = _Inline("", self._resolver)
        inner.walk(element)
        return inner.runs

    def _table(self, element: Element) -> None:
        self.end_paragraph()
        value = tables.read(element)
        if value is None:
            self.walk(element)
            self.end_paragraph()
        else:
            self._add("table", value)

    def _quote(self, element: Element) -> None:
        self.end_paragraph()
        simple = all(
            child.tag in ("p", "br", "span", "div")
            for child in element.iterdescendants()
        )
        text = "\n".join(
            line for piece in element.itertext() if (line := tidy(str(piece)).strip())
        )
        if simple and text:
            self._add("quote", {"text": text, "source": ""})
        else:
            self.walk(element)
            self.end_paragraph()

    # --- writing -------------------------------------------------------------------

    def end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        words = plain(runs)
        if not words or self._is_frame(words):
            return
        if self._is_caption(words):
            return
        if files := self._attachments(runs):
            self._add_attachments(files)
            return
        if is_all_bold(runs) and not any(run.link for run in runs):
            if _COUNTED.match(words):
                return self._add_heading(words, "h2", runs)
            if _COUNTED_BELOW.match(words):
                return self._add_heading(words, "h3", runs)
        self._text.append(f"<p>{to_html(runs)}</p>")
        self._lines += 1

    def _is_frame(self, words: str) -> bool:
        if len(words) > 120:
            return False
        if self._lines < 3:
            if "".join(words.split()) == self._title:
                return True
            if len(words) <= 80 and _FACTS.match(words):
                return True
        return bool(_FRAME.fullmatch(words))

    def _is_caption(self, words: str) -> bool:
        """The line below a picture that says what is on it goes with the picture."""
        if self._text or not self.blocks or len(words) > 60:
            return False
        last = self.blocks[-1]
        if (
            last["type"] != "picture"
            or last["value"]["caption"]
            or not _CAPTION.match(words)
        ):
            return False
        last["value"]["caption"] = words
        return True

    def _attachments(self, runs: list[Run]) -> list[tuple[str, str]]:
        """(mark, name) of each file, where a line holds files and nothing else."""
        found: list[tuple[str, str]] = []
        previous = ""
        for run in runs:
            if not run.text.strip("\u3000 \t\r\n\u00a0"):
                continue
            target = self._resolver.attachment(run.link) if run.link else ""
            if not target:
                if not _BEFORE_FILE.fullmatch(tidy(run.text).strip()):
                    return []
                continue
            if found and run.link == previous:
                found[-1] = (target, found[-1][1] + run.text)
            else:
                found.append((target, run.text))
            previous = run.link
        return [(target, tidy(name).strip()) for target, name in found]

    def _add_attachments(self, files: list[tuple[str, str]]) -> None:
        for target, name in files:
            name = re.sub(r"\.\w{2,5}$", "", name)
            self._add("attachment", {"document": target, "title": name[:LONGEST_NAME]})

    def _add_heading(self, text: str, level: str, runs: list[Run]) -> None:
        if not text or self._is_frame(text):
            return
        if len(text) > LONGEST_HEADING:
            self._text.append(f"<p>{to_html(runs)}</p>")
            self._lines += 1
        else:
            self._add("heading", {"text": text, "level": level})

    def _add(self, kind: str, value: Any) -> None:
        self.end_text()
        self._lines += 1
        self.blocks.append({"type": kind, "value": value})

    def end_text(self) -> None:
        if self._text:
            self.blocks.append({"type": "text", "value": "".join(self._text)})
            self._text = []


class _Inline(_Builder):
    """Reads a part that stays on one line: an item of a list."""

    @property
    def runs(self) -> list[Run]:
        return self._runs

    def end_paragraph(self) -> None:
        self._runs.append(Run(" "))
