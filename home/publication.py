"""Why a page is refused, in sentences that the admin shows; and who may release one.

``home.review`` registers the guard: the one that says whether a page must be reviewed
before its text is public, and whether a revision has been. Without a guard nothing is
asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class PublicationError(ValidationError):
    """A page was about to become public and may not. ``messages`` are whole sentences."""

    def __init__(self, page_id: int | None, problems: Sequence[str]) -> None:
        super().__init__(list(problems))
        self.page_id = page_id

    @property
    def notice(self) -> str:
        """What the admin says."""
        return _("没有发布：%s") % " ".join(self.messages)


def slug_taken(slug: str) -> str:
    return _("“%(slug)s”在这个栏目里已经有网页用了，请换一个。") % {"slug": slug}


# --- who may release -------------------------------------------------------------------


class ReleaseGuard(Protocol):
    def needs_review(self, page: Any) -> bool:
        """Whether a text becomes public here only through the review."""

    def revision_problems(self, page: Any, revision: Any) -> list[str]:
        """Why this revision may not be published."""

    def save_problems(self, page: Any) -> list[str]:
        """Why a public page may not be saved as it stands, past its revisions."""

    def move_problems(self, page: Any, before: str) -> list[str]:
        """Why a page may not stand where it was moved to from the tree path ``before``."""


_guard: list[ReleaseGuard] = []
_released: ContextVar[frozenset[int]] = ContextVar("released", default=frozenset())
_is_system: ContextVar[bool] = ContextVar("is_system", default=False)


def register_guard(guard: ReleaseGuard) -> None:
    _guard[:] = [guard]


def needs_review(page: Any) -> bool:
    return any(guard.needs_review(page) for guard in _guard)


@contextmanager
def system_release() -> Iterator[None]:
    """What a program publishes that no person decides on: the demo, a portal's frame.

    Never around something that a person has asked for.
    """
    token = _is_system.set(True)
    try:
        yield
    finally:
        _is_system.reset(token)


@contextmanager
def released(page_id: int) -> Iterator[None]:
    """While the text of this page, and of its aliases, may become public."""
    token = _released.set(_released.get() | {page_id})
    try:
        yield
    finally:
        _released.reset(token)


@contextmanager
def releasing(page: Any, revision: Any) -> Iterator[None]:
    """Publishes a revision; raises ``PublicationError`` where it is not released."""
    if page.pk not in _released.get() and not _is_system.get():
        for guard in _guard:
            if problems := guard.revision_problems(page, revision):
                raise PublicationError(page.pk, problems)
    with released(page.pk):
        yield


def check_save(page: Any) -> None:
    """Before a public page is saved, by whatever way."""
    if _is_system.get() or {page.pk, page.alias_of_id} & _released.get():
        return
    for guard in _guard:
        if problems := guard.save_problems(page):
            raise PublicationError(page.pk, problems)


def check_move(page: Any, before: str) -> None:
    """After a page was moved, in the transaction of the move."""
    if _is_system.get():
        return
    for guard in _guard:
        if problems := guard.move_problems(page, before):
            raise PublicationError(page.pk, problems)
