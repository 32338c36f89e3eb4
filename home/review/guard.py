"""The last door before the public: asked by every page that is about to be public.

It reads the review sheets and trusts no state of Wagtail's workflow, so that no other
way (a direct request, a bulk action, a planned time, a program) goes round the review.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from home.review import deciding
from home.review.fingerprint import fingerprint
from home.review.models.sheets import ReviewSheet
from home.review.models.ways import ReviewWay, way_at

State = ReviewSheet.State


def must_submit() -> str:
    return _("这个栏目的稿子审核通过后才能发布，请先送审。")


def released_sheet(page_id: int, content_hash: str) -> ReviewSheet | None:
    """The sheet of a text that is in review, or approved and not yet public."""
    return ReviewSheet.objects.filter(
        page_id=page_id,
        kind=ReviewSheet.Kind.REVIEW,
        content_hash=content_hash,
        state__in=(State.RUNNING, State.APPROVED),
    ).first()


def strict_way(path: str) -> ReviewWay | None:
    """The way at a place where nobody publishes without a review."""
    way = way_at(path) if path else None
    return None if way is None or way.is_direct else way


def public_hash(page: Any) -> str:
    """Of what everybody reads now; empty where the page is not public."""
    public = type(page)._base_manager.filter(pk=page.pk, live=True).first()
    return fingerprint(public.serializable_data()) if public is not None else ""


class Guard:
    def needs_review(self, page: Any) -> bool:
        return strict_way(page.path) is not None

    def revision_problems(self, page: Any, revision: Any) -> list[str]:
        way = strict_way(page.path)
        if way is None:
            return []
        content_hash = fingerprint(revision.content)
        sheet = released_sheet(page.pk, content_hash)
        if sheet is None:
            return [] if content_hash == public_hash(page) else [must_submit()]
        if lacking := deciding.missing(way, sheet):
            names = "、".join(str(level.label) for level in lacking)
            return [_("还没有审完：%(stages)s。") % {"stages": names}]
        return []

    def save_problems(self, page: Any) -> list[str]:
        """A public page may be saved as it was (its place, its lock), not otherwise."""
        if strict_way(page.path) is None:
            return []
        content_hash = fingerprint(page.serializable_data())
        return [] if content_hash == public_hash(page) else [must_submit()]

    def move_problems(self, page: Any, before: str) -> list[str]:
        """A public text does not come into a stricter column by being moved."""
        if before[: -page.steplen] == page.path[: -page.steplen]:
            return []  # another place among its own neighbors: the menu was arranged
        now = strict_way(page.path)
        if now is None:
            return []
        old = strict_way(before)
        if old is not None and old.stages >= now.stages:
            return []
        if not page.get_descendants(inclusive=True).live().exists():
            return []
        return [_("那个栏目的审核更严，已经公开的网页不能直接移过去。请先撤稿再移。")]
