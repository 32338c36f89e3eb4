"""Builds the tree of a law's headings while its lines are read.

Pure code: no model.
"""

from __future__ import annotations

import re

from .numerals import CHINESE_CHARACTERS, parse_number
from .parsed import Level, MarkdownError, ParsedDivision, ParsedProvision
from .pinpoints import provision_label

_NUMERAL = rf"[{CHINESE_CHARACTERS}]+"
_LABELLED = re.compile(
    rf"第[\s　]*(?P<number>{_NUMERAL})[\s　]*(?P<unit>分编|部分|编|章|节)[\s　]*(?P<heading>.*)"
)
_LISTED = re.compile(rf"(?P<number>{_NUMERAL})、[\s　]*(?P<heading>.*)")
_ANNEX = re.compile(rf"附(?:件|表|录|图|[：:])(?P<number>{_NUMERAL}|\d+)?")
_LEVELS: dict[str, Level] = {
    "编": "book",
    "部分": "book",
    "分编": "part",
    "章": "chapter",
    "节": "section",
}
_RANKS: dict[str, int] = {"book": 1, "part": 2, "chapter": 3, "section": 4}
_SIGNS = {"book": "b", "part": "p", "chapter": "c", "section": "s"}
# Ends a sentence: such a line is text, never the heading of a bare 第七章.
_SENTENCE = re.compile(r"[。；：，]$")


def clean_heading(text: str) -> str:
    """总 则 → 总则; spaces between words stay single.

    >>> clean_heading("总　 则"), clean_heading("权利 义务")
    ('总则', '权利 义务')
    """
    words = text.replace("　", " ").split()
    return ("" if all(len(word) == 1 for word in words) else " ").join(words)


class Outline:
    """The tree so far and the place where the next line belongs."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root = ParsedDivision("other", 0, "", "", "", 0)
        self.warnings: list[str] = []
        self.last_number = 0
        self._last_suffix = 0
        self._open = [self.root]  # from the root to the innermost open division
        self._ranks = {0: 0}  # rank by id of the open divisions' depth
        self._annex: ParsedDivision | None = None
        self._anchors: set[str] = set()
        self._provision: ParsedProvision | None = None
        self._quoted_until = 0  # see add_provision
        self._lines: dict[int, list[str]] = {}

    # --- headings ----------------------------------------------------------------
    def add_heading(self, depth: int, text: str, line: int) -> None:
        if self._annex is not None and not _ANNEX.match(text):
            self._annex.text.append(clean_heading(text))
            return
        if (match := _LABELLED.fullmatch(text)) is not None:
            level = _LEVELS[match["unit"]]
            number = self._number(match["number"], line)
            label = f"第{match['number']}{match['unit']}"
            self._open_division(level, number, label, match["heading"], depth)
        elif (match := _LISTED.fullmatch(text)) is not None:
            number = self._number(match["number"], line)
            label = f"{match['number']}、"
            self._open_division("chapter", number, label, match["heading"], depth)
        elif _ANNEX.match(text):
            self.add_annex(text, line)
        else:
            self._open_unnumbered(text, depth)

    def _number(self, written: str, line: int) -> int:
        number = parse_number(written)
        if not number:
            raise MarkdownError(self.path, line, f"“{written}” is no number")
        return number

    def _open_unnumbered(self, text: str, depth: int) -> None:
        heading = clean_heading(text)
        if heading in ("序言", "前言", "序 言") and not self.last_number:
            self._open_division("preamble", 0, "", heading, depth, rank=1)
        elif heading == "附则":
            self._open_division("supplement", 0, "", heading, depth, rank=1)
        else:
            self._open_division("other", 0, "", heading, depth, rank=3)

    def add_annex(self, text: str, line: int) -> None:
        """Everything from here on is annex, other annexes and 第一条 included."""
        heading = clean_heading(text)
        number = 1 + sum(part.level == "annex" for part in self.root.children)
        if self._annex is not None and not self._annex.text:
            # 附件： and, on the next line, 附件一 …: one annex, not two.
            self._annex.heading = heading
            return
        self._annex = self._open_division("annex", number, "", heading, 0, rank=1)

    def _open_division(
        self,
        level: Level,
        number: int,
        label: str,
        heading: str,
        depth: int,
        *,
        rank: int = 0,
    ) -> ParsedDivision:
        self._provision = None
        rank = rank or _RANKS[level]
        self._leave_leaves("preamble", "annex", "supplement")
        while len(self._open) > 1 and self._ranks[len(self._open) - 1] >= rank:
            self._open.pop()
        parent = self._open[-1]
        anchor = self._anchor(level, number, parent)
        division = ParsedDivision(
            level, number, label, clean_heading(heading), anchor, depth
        )
        parent.children.append(division)
        self._open.append(division)
        self._ranks[len(self._open) - 1] = rank
        return division

    def _leave_leaves(self, *levels: Level) -> None:
        """Close what holds no chapters (and, a preamble, no provisions either)."""
        if self._open[-1].level in levels:
            self._open.pop()

    def _anchor(self, level: Level, number: int, parent: ParsedDivision) -> str:
        if level in _SIGNS:
            anchor = f"{parent.anchor}{_SIGNS[level]}{number}"
        elif level == "annex":
            anchor = f"annex{number}"
        elif level == "other":
            anchor = f"{parent.anchor}x{len(parent.children) + 1}"
        else:
            anchor = level
        unique, count = anchor, 1
        while unique in self._anchors:
            count += 1
            unique = f"{anchor}-{count}"
        self._anchors.add(unique)
        return unique

    # --- text ----------------------------------------------------------------------
    def add_provision(self, label: tuple[str, str], text: str, line: int) -> None:
        number = self._number(label[0], line)
        suffix = self._number(label[1], line) if label[1] else 0
        if self._annex is not None and number != self.last_number + 1:
            self._annex.text.append(f"{provision_label(number, suffix)} {text}")
            return
        if self._is_quoted(number, suffix):
            self._quoted_until = number
            self.add_text(f"{provision_label(number, suffix)} {text}")
            return
        self._check_order(number, suffix, line)
        self._annex = None
        self._leave_leaves("preamble", "annex")
        self._provision = ParsedProvision(number, suffix, text, line)
        self._lines[id(self._provision)] = [text] if text else []
        self._open[-1].provisions.append(self._provision)
        self.last_number, self._last_suffix = number, suffix

    def _is_quoted(self, number: int, suffix: int) -> bool:
        """Whether this is the wording of a new provision inside an amendment.

        宪法修正案第五十二条 adds 第一百二十三条 to 第一百二十七条 and quotes them.
        """
        if self._provision is None or suffix:
            return False
        if self._quoted_until:
            return number == self._quoted_until + 1 and number != self.last_number + 1
        announced = f"作为{provision_label(number)}"
        return number > self.last_number + 1 and announced in self._provision.text

    def _check_order(self, number: int, suffix: int, line: int) -> None:
        before = (self.last_number, self._last_suffix)
        if (number, suffix) <= before:
            raise MarkdownError(
                self.path,
                line,
                f"{provision_label(number, suffix)} stands after "
                f"{provision_label(*before)}",
            )
        if self.last_number and number > self.last_number + 1:
            self.warnings.append(
                f"{self.path}:{line}: {provision_label(number, suffix)} follows "
                f"{provision_label(*before)}"
            )

    def add_text(self, text: str) -> None:
        if not text:
            return
        if self._annex is not None:
            self._annex.text.append(text)
        elif self._provision is not None:
            self._lines[id(self._provision)].append(text)
        else:
            self._add_loose_text(text)

    def _add_loose_text(self, text: str) -> None:
        """Text under a heading, or before the first heading and provision."""
        division = self._open[-1]
        is_bare = division.label and not division.heading and not division.text
        if is_bare and len(text) < 20 and not _SENTENCE.search(text):
            division.heading = clean_heading(text)  # 第七章, and 附 则 on its own line
            return
        if division is self.root:
            division = self._open_division("preamble", 0, "", "", 0, rank=1)
        division.text.append(text)

    def finish(self) -> ParsedDivision:
        for division in self.root.walk():
            for provision in division.provisions:
                provision.text = "\n".join(self._lines[id(provision)])
        return self.root
