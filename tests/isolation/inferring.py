"""What could be inferred: counts, and names that are taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from os.path import commonprefix
from typing import Any

from tests.directory_factories import LegalWorkerFactory
from tests.factories import OfficeFactory, UserFactory
from tests.isolation.asking import Matrix, Outcome
from tests.isolation.attack import Attack, Proof, Request, change
from tests.isolation.attacks.pages import article_form
from tests.isolation.place_pages import article
from tests.isolation.places import HIDDEN, LATER, Place, new_mark
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

# As long as a mark.
NOBODY = new_mark()
# Drawn anew for each answer: tokens, numbers of blocks, rows that asking makes.
FLEETING = re.compile(
    r"Content-Length: \d+"
    r"|(?:_[0-9A-Za-z]{7})?\.(?=max-)"  # of a thumbnail that was made just now
    r"|(?<=key\\&quot;: \\&quot;)\w{5}"  # of a paragraph in an editor
    r"|"
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[0-9A-Za-z]{64}"
    r"|nonce[-=][^\s;]+"
    r"|(?<=<code>)\w{12}(?=</code>)"  # a one-time password
    rf"|\b{LATER // 100_000}\d{{5}}\b"
)


def steady(text: str) -> str:
    return FLEETING.sub("…", text)


def grow(place: Place) -> None:
    """More of everything that is counted anywhere."""
    for number in range(3):
        article(place, f"more{number}")
        collection = place.portal.collection
        PortalImageFactory(title=f"{place.mark}多{number}", collection=collection)
        PortalDocumentFactory(title=f"{place.mark}多{number}", collection=collection)
        OfficeFactory(portal=place.portal)
        LegalWorkerFactory(portal=place.portal)
        user = UserFactory(username=f"{place.mark}-more-{number}")
        user.groups.add(place.groups["author"])


def answers(
    matrix: Matrix, attacks: list[Attack], role: str, place: Place
) -> dict[str, str]:
    """To the requests about one's own things."""
    found = {}
    for attack in attacks:
        request = attack.build(place, place)
        if request.method == "get" and attack.proof is not Proof.SENDS:
            text = matrix.ask(role, place, request).text
            # The form of a stream draws numbers for its blocks, and counts nothing.
            if "data-w-block-data-value" not in text:
                found[attack.label] = steady(text)
    return found


def same_names() -> list[Attack]:
    """Something new of one's own with a name that the other county uses."""
    return [
        change(
            "wagtailadmin_pages:add",
            lambda own, hidden: (
                ["articles", "articlepage", own.column.pk],
                article_form(heading_zh_hans="同名", slug=f"{hidden.mark}-article"),
            ),
            "slug",
            by="editor",
        ),
        change(
            "offices:add",
            lambda own, hidden: (
                [],
                {"name_zh_hans": hidden.office.name_zh_hans, "order": 1},
            ),
            "office",
        ),
        change(
            "search-synonyms:add",
            lambda own, hidden: (
                [],
                {
                    "lay": hidden.synonym.lay,
                    "legal": hidden.synonym.legal,
                    "strength": "normal",
                    "reason": "理由",
                },
            ),
            "synonym",
        ),
        change(
            "wagtailredirects:add",
            lambda own, hidden: (
                [],
                {
                    "old_path": hidden.redirect.old_path,
                    "site": own.site.pk,
                    "redirect_link": "https://a.example/",
                },
            ),
            "old address",
        ),
        change(
            "portal_person_new",
            lambda own, hidden: (
                [own.portal.pk],
                {
                    "username": hidden.mark,
                    "name": "张三",
                    "role": "author",
                    "email": "",
                },
            ),
            "user name",
        ),
    ]


def with_names_free(request: Request, mark: str) -> Request:
    """The same request with names that nobody uses."""
    data: dict[str, Any] = {
        name: value.replace(mark, "nobody0") if isinstance(value, str) else value
        for name, value in (request.data or {}).items()
    }
    return Request(request.path, request.method, request.query, data)


def told(outcome: Outcome, mark: str) -> tuple[int, str]:
    """What an answer says whatever the name was."""
    return outcome.status, steady(outcome.text).replace(mark, "nobody0")


def taken_names(matrix: Matrix, place: Place, hidden: Place) -> Iterator[str]:
    """The requests whose answer tells that a name is used elsewhere."""
    for attack in same_names():
        request = attack.build(place, hidden)
        free = with_names_free(request, hidden.mark)
        taken = told(matrix.ask("admin", place, request), hidden.mark)
        if taken != told(matrix.ask("admin", place, free), hidden.mark):
            yield f"{attack.label}: {taken[0]}"
        elif taken[0] not in {200, 302}:
            yield f"{attack.label}: refused, whatever the name: {taken[0]}"


# --- what is hidden, and what was never there --------------------------------------------

NEVER = 6_600_000  # in place of the first number of the hidden county
ETAG = re.compile(r'ETag: W/"\w+"')  # the address is in it
# Beside letters as well: a part of an address that was quoted.
ANY_NUMBER = re.compile(rf"{HIDDEN.start // 100_000}\d{{5}}")


def of_nothing(request: Request, hidden: Place) -> Request:
    """The same request about rows and names that have never been."""

    def gone(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [gone(one) for one in value]
        if isinstance(value, int) and value in HIDDEN:
            return value - HIDDEN.start + NEVER
        return _without(value, request, hidden) if isinstance(value, str) else value

    return replace(
        request,
        path=gone(request.path),
        query={name: gone(value) for name, value in request.query.items()},
        data={_name(name): gone(value) for name, value in (request.data or {}).items()}
        if request.data is not None
        else None,
    )


def _name(name: str) -> str:
    """Numbers stand in the names of some inputs."""
    return ANY_NUMBER.sub(_never, name)


def _never(found: re.Match[str]) -> str:
    return str(int(found.group()) - HIDDEN.start + NEVER)


def _without(text: str, request: Request, hidden: Place) -> str:
    # At the county's own host everything is there but what is closed.
    mark = hidden.secret if request.at is not None else hidden.mark
    return ANY_NUMBER.sub(_never, text).replace(mark, NOBODY)


def heard(outcome: Outcome, request: Request, hidden: Place) -> tuple[int, str]:
    """An answer without what the request itself named."""
    lines = ETAG.sub("", _without(outcome.text, request, hidden)).splitlines()
    # Scripts that several widgets want come in any order.
    scripts = sorted(line for line in lines if "<script src" in line)
    others = [line for line in lines if "<script src" not in line]
    return outcome.status, steady("\n".join([*others, *scripts]))


# A chooser in a text drops a number that nothing has; another's is refused in words.
KNOWN_APART = {
    "POST wagtailadmin_pages:edit naming their picture",
    "POST wagtailadmin_pages:edit naming their picture that lacks a description",
    "POST wagtailadmin_pages:edit naming their file",
}


def told_apart(matrix: Matrix, attacks: Iterable[Attack], role: str) -> Iterator[str]:
    """The requests whose answer says that something is there and hidden."""
    world = matrix.world
    place = world.asking
    for attack in attacks:
        if role in attack.spared or attack.label in KNOWN_APART:
            continue
        real = attack.build(place, world.hidden)
        never = of_nothing(attack.build(place, world.hidden), world.hidden)
        if (real.path, real.query, real.data) == (never.path, never.query, never.data):
            continue
        answers = [
            heard(matrix.ask(role, place, one), real, world.hidden)
            for one in (real, never)
        ]
        if answers[0] != answers[1]:
            yield f"{attack.label} as {role}: {_difference(*answers)}"


def _difference(real: tuple[int, str], never: tuple[int, str]) -> str:
    if real[0] != never[0]:
        return f"{real[0]} and {never[0]}"
    texts = real[1], never[1]
    at = len(commonprefix(texts))
    return " | ".join(text[max(0, at - 60) : at + 60] for text in texts)
