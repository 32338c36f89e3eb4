"""``{% shared key %} … {% endshared %}``: a part that many pages have in common.

Header, menu and footer say the same on every page of one language from which links to
the root are the same. An export makes such a part once and puts it into each of them; a
single page of the server makes it for itself.

What stands in it may rest on what all pages of a portal share (``frame.portal``,
``frame.publisher``, ``frame.channel``), on links, assets and translations; whatever else
it reads is its key. It never asks the reader for a fact: nobody would note that the next
page depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

if TYPE_CHECKING:
    from publishing.reader import SnapshotReader

Data = TypeVar("Data")

# Key to the part and the static files that it names; and data of such parts.
SharedParts = dict[Hashable, Any]


class SharedPartExtension(Extension):
    tags = {"shared"}

    def parse(self, parser: Parser) -> nodes.Node:
        """Arguments after the tag's name are the key, between commas."""
        line = next(parser.stream).lineno
        own = nodes.Const(f"{parser.name}:{line}")
        key: list[nodes.Expr] = [own]
        while parser.stream.current.type != "block_end":
            key.append(parser.parse_expression())
            parser.stream.skip_if("comma")
        body = parser.parse_statements(("name:endshared",), drop_needle=True)
        arguments = [nodes.ContextReference(), nodes.Tuple(key, "load")]
        call = self.call_method("_part", arguments)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _part(self, context: Context, key: Hashable, caller: Callable[[], str]) -> str:
        reader = context.get("reader")  # a template may be run on plain data alone
        if reader is None or reader.parts is None:
            return caller()
        return part_of(reader, key, caller)


def common(reader: SnapshotReader, key: Hashable, make: Callable[[], Data]) -> Data:
    """Data that rests on what a shared part may rest on, made once like one."""
    parts = reader.parts
    if parts is None:
        return make()
    whole = ("data", reader.language, reader.root, key)
    found = parts.get(whole)
    if found is None:
        found = parts[whole] = make()
    return cast("Data", found)


def part_of(reader: SnapshotReader, key: Hashable, make: Callable[[], str]) -> str:
    """The part as it was made for another page, or made now."""
    parts, trace = reader.parts, reader.trace
    assert parts is not None  # noqa: S101  (for the type: asked before)
    whole = (reader.language, reader.form.kind, reader.root, key)
    found = parts.get(whole)
    if found is None:
        asked, assets = len(reader.asked), trace.assets
        trace.assets = set()
        try:
            text = Markup(make())  # noqa: S704  (what a template made)
        finally:
            named, trace.assets = trace.assets, assets
        if len(reader.asked) != asked:
            raise RuntimeError(f"a shared part asks for facts: {key}")
        found = parts[whole] = text, frozenset(named)
    trace.assets |= found[1]
    trace.parts.append(found[0])
    return cast("str", found[0])
