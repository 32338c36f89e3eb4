"""What an attack is: one request, and what its positive control has to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    method: str = "get"
    query: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    at: Any = None  # the portal at whose host it is asked; None for one's own


class Proof(Enum):
    """What the county's own person gets where a stranger gets nothing."""

    SHOWS = "shows"  # the county's mark is in the answer
    CHANGES = "changes"  # a row that is the county's own has changed
    OPENS = "opens"  # 200, on a page that says nothing of the county
    POINTS = "points"  # a redirect whose address names the county
    MOVES_ON = "moves on"  # a redirect to what was asked for
    SENDS = "sends"  # the bytes of a file, a part of them, or "you have it"
    REFUSED = "refused"  # nobody, the county's own person included, is answered


# own: of whom the request comes (their own page may be moved into another's column);
# hidden: what it is about. For the control both are the hidden county.
Build = Callable[[Any, Any], Request]


@dataclass(frozen=True, slots=True)
class Attack:
    label: str
    build: Build
    proof: Proof
    # Who proves it: a role of the hidden county, "above" (the prefecture's
    # administrator) or "superuser", where nobody of a county may.
    by: str = "admin"
    # Attackers who may do it by their role, as docs/counties.md says.
    spared: frozenset[str] = frozenset()
    # It is asked for what the county has not published: proved once that is public.
    is_closed: bool = False


PREFECTURE = frozenset({"above"})


def show(
    name: str, build: Callable[[Any, Any], Any], label: str = "", **options: Any
) -> Attack:
    """GET of a named view; ``build`` gives its arguments, or (arguments, query)."""
    return _attack(
        "get", name, build, label, options.pop("proof", Proof.SHOWS), options
    )


def change(
    name: str, build: Callable[[Any, Any], Any], label: str = "", **options: Any
) -> Attack:
    """POST; ``build`` gives arguments, or (arguments, data), or these and a query."""
    proof = options.pop("proof", Proof.CHANGES)
    return _attack("post", name, build, label, proof, options)


def _attack(
    method: str,
    name: str,
    build: Callable[[Any, Any], Any],
    label: str,
    proof: Proof,
    options: dict[str, Any],
) -> Attack:
    def request(own: Any, hidden: Any) -> Request:
        args, sent, query = _parts(build(own, hidden))
        path = reverse(name, args=args)
        if method == "get":
            return Request(path, query=sent)
        return Request(path, method, query=query, data=sent)

    return Attack(f"{method.upper()} {name} {label}".strip(), request, proof, **options)


def _parts(built: Any) -> tuple[list[Any], dict[str, Any], dict[str, Any]]:
    parts = built if isinstance(built, tuple) else (built,)
    args, sent, query = (*parts, {}, {})[:3]
    return args, sent, query


class Anything:
    """Stands for a place where only the addresses of requests are wanted."""

    pk = id = 7

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __str__(self) -> str:
        return "7"

    __repr__ = __str__

    def __int__(self) -> int:
        return 7

    def __getitem__(self, _key: Any) -> Any:
        return Anything()

    def __call__(self, *_args: Any, **_kwargs: Any) -> Any:
        return Anything()
