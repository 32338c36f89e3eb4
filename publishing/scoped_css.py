"""Style sheets that keep to our part of a page which is the host's. Pure code.

In a column package the host's header and footer stand in the same page: a rule of ours
for ``a`` or ``.header`` must not reach them, and theirs for ``.main`` must not win over
ours. Every rule is therefore put below one class. All of them grow by the same weight, so
that none of ours overtakes another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SCOPE = ".xiangfatong"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE = re.compile(r"([^{}]*)([{}])")
_ROOT = re.compile(r"(?:html|:root)(?![\w-])")
_BODY = re.compile(r"body(?![\w-])")
_GROUPS = ("@media", "@supports", "@layer", "@container")


def scoped(css: str) -> str:
    """The same rules for elements within ``SCOPE`` alone.

    What sets variables and sizes at the root stays there; ``body`` becomes the element of
    the scope itself. Rules must not be nested in rules.

    >>> scoped("a:hover { x: y; }")
    '.xiangfatong a:hover { x: y; }'
    """
    out: list[str] = []
    in_rule = 0
    for before, brace in _PIECE.findall(_COMMENT.sub("", css)):
        if brace == "}":
            in_rule = max(0, in_rule - 1)
            out.append(f"{before}}}")
            continue
        prelude = before.strip()
        is_group = prelude.startswith(_GROUPS)
        if not in_rule and not is_group and not prelude.startswith("@"):
            lead = before[: len(before) - len(before.lstrip())]
            before = f"{lead}{_selectors(prelude)} "
        if in_rule or not is_group:
            in_rule += 1
        out.append(f"{before}{{")
    return "".join(out)


def _selectors(prelude: str) -> str:
    found = (one for part in _split(prelude, ",") for one in _scoped_one(part.strip()))
    return ",\n".join(found)


def _scoped_one(selector: str) -> Iterator[str]:
    first, *rest = _split(" ".join(selector.split()), " ")
    below = " ".join(rest)
    if _ROOT.match(first):
        if not below:
            yield selector
        for found in _scoped_one(below) if below else ():
            yield f"{first} {found}"
    elif _BODY.match(first):
        yield " ".join([f"{SCOPE}{first[len('body') :]}", *rest])
    elif first.startswith(":lang("):
        yield f"{SCOPE}{selector}"  # the language is often that of the whole page
        yield f"{SCOPE} {selector}"
    else:
        yield f"{SCOPE} {selector}"


def _split(text: str, separator: str) -> list[str]:
    """Split where no bracket is open."""
    parts = [""]
    depth = 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if character == separator and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts
