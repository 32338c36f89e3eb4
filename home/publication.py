"""Why a page is refused, in sentences that the admin shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class PublicationError(ValidationError):
    """A page was about to become public and may not. ``messages`` are whole sentences."""

    def __init__(self, page_id: int | None, problems: Sequence[str]) -> None:
        super().__init__(list(problems))
        self.page_id = page_id


def slug_taken(slug: str) -> str:
    return _("“%(slug)s”在这个栏目里已经有网页用了，请换一个。") % {"slug": slug}
