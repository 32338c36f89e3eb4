"""What stands between a page and the public, as an error that the admin can show."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError


class PublicationError(ValidationError):
    """A page was about to become public and may not. ``messages`` are whole sentences."""

    def __init__(self, page_id: int | None, problems: Sequence[str]) -> None:
        super().__init__(list(problems))
        self.page_id = page_id
