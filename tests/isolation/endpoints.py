"""Every address of the installation, collected from Django's URL resolver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, resolve


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``route`` is what ``ResolverMatch.route`` says of a request that arrives here."""

    route: str
    name: str  # with its namespaces; "" for one without

    def __str__(self) -> str:
        return f"{self.name or '(no name)'}  {self.route}"


@cache
def endpoints() -> dict[str, Endpoint]:
    """By route. Of two with one route only the first is ever asked; ours stand before
    Wagtail's and have no name, so the name is that of the one they replace."""
    found: dict[str, Endpoint] = {}
    for endpoint in _walk(get_resolver().url_patterns):
        known = found.get(endpoint.route)
        if known is None or not known.name:
            found[endpoint.route] = endpoint
    return found


def _walk(
    patterns: Iterable[URLPattern | URLResolver],
    route: str = "",
    spaces: tuple[str, ...] = (),
) -> Iterator[Endpoint]:
    for pattern in patterns:
        # As Django joins them for a match: a regular expression inside loses its "^".
        part = str(pattern.pattern)
        here = route + (part.removeprefix("^") if route else part)
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, here, inside)
        else:
            name = ":".join((*spaces, pattern.name)) if pattern.name else ""
            yield Endpoint(here, name)


def route_of(path: str) -> str:
    """The route that answers an address; raises ``Resolver404`` where none does."""
    return str(resolve(path.split("?", 1)[0]).route)
