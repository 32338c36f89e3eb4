"""Templates as one piece: what a page includes is compiled into it.

A page includes thirty parts and imports macros from five files. Jinja finds each of them
anew for each page and hands it a copy of all variables; here the part stands in the
page's own code, in a scope of its own, and sees the same variables.

Left to Jinja: names that are known only when the page is made, and macros of which one
would take a name that the page uses for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

Parse = Callable[[str], nodes.Template]
Binding = nodes.Macro | nodes.Assign | nodes.FromImport
# Functions of the context that want nothing of Jinja's.
PLAIN_FUNCTIONS = frozenset({"_", "absolute", "asset", "href"})


def inline(template: nodes.Template, parse: Parse) -> nodes.Template:
    """``template`` with its parts in it; ``parse`` reads one by its name."""
    found = _Inliner(parse).visit(template)
    _Imports(parse, found).visit(found)
    found.set_environment(template.environment)
    return found


class _Inliner(NodeTransformer):
    def __init__(self, parse: Parse) -> None:
        self.parse = parse

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        if not node.with_context or node.ignore_missing:
            return node
        chosen = node.template
        if isinstance(chosen, nodes.CondExpr) and isinstance(chosen.expr2, nodes.Expr):
            either = [self._part(chosen.expr1, node), self._part(chosen.expr2, node)]
            one, other = either
            if one is not None and other is not None:
                test = nodes.If(chosen.test, [one], [], [other])
                return test.set_lineno(node.lineno)
            return node
        return self._part(chosen, node) or node

    def _part(self, name: nodes.Expr, node: nodes.Include) -> nodes.Node | None:
        if not isinstance(name, nodes.Const) or not isinstance(name.value, str):
            return None
        part = self.visit(self.parse(name.value))
        if next(part.find_all((nodes.Extends, nodes.Block)), None) is not None:
            return None
        return nodes.Scope(part.body).set_lineno(node.lineno)


class _Imports(NodeTransformer):
    """``{% from "…" import … with context %}``: the macros themselves, those that they
    call, and nothing else of the file."""

    def __init__(self, parse: Parse, template: nodes.Template) -> None:
        self.parse = parse
        # What a name stands for besides: of a file, or "" of the page's own.
        self.origins: dict[str, set[str]] = {}
        for name, origin in _bound(template):
            self.origins.setdefault(name, set()).add(origin)

    def visit_FromImport(self, node: nodes.FromImport) -> Any:
        file = node.template
        if not (node.with_context and isinstance(file, nodes.Const)):
            return node
        if not all(isinstance(name, str) for name in node.names):  # under another name
            return node
        wanted = [str(name) for name in node.names]
        found = _needed(_Inliner(self.parse).visit(self.parse(file.value)), wanted)
        if found is None:
            return node
        brought = {
            name: origin
            for binding in found
            for name, origin in _names(binding, file.value)
        }
        for name, origin in brought.items():
            if self.origins.setdefault(name, {origin}) != {origin}:
                return node
        return found


def _needed(module: nodes.Template, wanted: list[str]) -> list[Binding] | None:
    """What these macros rest on, in the order of the file; None: not only macros."""
    bindings: list[Binding] = []
    for node in module.body:
        if isinstance(node, Binding):
            bindings.append(node)
        elif not (isinstance(node, nodes.Output) and _is_blank(node)):
            return None
    known, names = set(wanted), set(wanted)
    kept: list[Binding] = []
    while names:
        more = [
            binding
            for binding in bindings
            if binding not in kept
            and not names.isdisjoint(name for name, _origin in _names(binding, ""))
        ]
        kept += more
        read = {
            name.name
            for binding in more
            if not isinstance(binding, nodes.FromImport)
            for name in binding.find_all(nodes.Name)
        }
        names = read - known
        known |= names
    return [binding for binding in bindings if binding in kept]


def _is_blank(node: nodes.Output) -> bool:
    return all(
        isinstance(child, nodes.TemplateData) and not child.data.strip()
        for child in node.nodes
    )


def _names(binding: Binding, file: str) -> Iterator[tuple[str, str]]:
    """The names that it gives to something, and the file that this is in."""
    if isinstance(binding, nodes.Macro):
        yield binding.name, file
    elif isinstance(binding, nodes.FromImport):
        origin = getattr(binding.template, "value", "")
        for name in binding.names:
            yield (name if isinstance(name, str) else name[1]), origin
    else:
        for target in binding.target.find_all(nodes.Name):
            yield target.name, file
        if isinstance(binding.target, nodes.Name):
            yield binding.target.name, file


def _bound(template: nodes.Template) -> Iterator[tuple[str, str]]:
    for node in template.find_all((nodes.Macro, nodes.FromImport)):
        yield from _names(node, "")  # type: ignore[arg-type]  # both are bindings
    for name in template.find_all(nodes.Name):
        if name.ctx != "load":
            yield name.name, ""


class PlainCode(CodeGenerator):
    """Python code without what no template of ours needs.

    Texts go out as they are once they are escaped, not each as an object that remembers
    it; functions of the context are called without asking how they want to be.
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")

    def visit_Call(
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        called = node.node
        if not (isinstance(called, nodes.Name) and called.name in PLAIN_FUNCTIONS):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(called, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.visit(named, frame)
            self.write(", ")
        self.write(")")
