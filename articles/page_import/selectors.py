"""Where the text of a page is, as a person who knows a little CSS writes it. Pure code.

``#zoom``, ``div.content``, ``table td[class=main] p``, ``.box > .text``, several with a
comma: what web pages need to name one place, and nothing else of CSS.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = r"[\w\u0080-\uffff-]+"
_PART = re.compile(
    rf"#(?P<id>{_NAME})|\.(?P<cls>{_NAME})"
    rf"|\[(?P<attr>{_NAME})(?:(?P<op>[~^]?=)(?P<quote>[\"']?)(?P<value>[^\]\"']*)(?P=quote))?\]"
)


class SelectorError(ValueError):
    """Not a place that we understand."""


@lru_cache(maxsize=256)
def to_xpath(selector: str) -> str:
    """The XPath of a selector.

    >>> to_xpath("div#zoom > p")
    "//div[@id='zoom']/p"
    """
    groups = [_group(part.strip()) for part in selector.split(",")]
    return " | ".join(groups)


def _group(text: str) -> str:
    steps = re.sub(r"\s*>\s*", " > ", text).split()
    if not steps or steps[0] == ">" or steps[-1] == ">":
        raise SelectorError(text)
    path, joint = "", "//"
    for step in steps:
        if step == ">":
            joint = "/"
            continue
        path += joint + _step(step)
        joint = "//"
    return path


def _step(text: str) -> str:
    tag = re.match(r"\*|[A-Za-z][\w-]*", text)
    at = tag.end() if tag else 0
    tests = []
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            raise SelectorError(text)
        tests.append(_test(part))
        at = part.end()
    if not tag and not tests:
        raise SelectorError(text)
    return (tag[0].lower() if tag else "*") + "".join(tests)


def _test(part: re.Match[str]) -> str:
    if part["id"]:
        return f"[@id='{part['id']}']"
    if part["cls"]:
        return _has_word("class", part["cls"])
    name, operator, value = part["attr"].lower(), part["op"], part["value"]
    if not operator:
        return f"[@{name}]"
    if operator == "^=":
        return f"[starts-with(@{name}, '{value}')]"
    return _has_word(name, value) if operator == "~=" else f"[@{name}='{value}']"


def _has_word(name: str, word: str) -> str:
    return f"[contains(concat(' ', normalize-space(@{name}), ' '), ' {word} ')]"
