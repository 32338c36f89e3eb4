"""What a person may do with a page of a portal."""

from __future__ import annotations

from wagtail.locks import WorkflowLock
from wagtail.models import PagePermissionTester

from home.publication import needs_review


class PortalPageTester(PagePermissionTester):
    """Where texts are reviewed, nobody publishes by a right alone, superusers neither.

    Withdrawing, privacy and taking back a time stay with those who may publish.
    """

    def can_publish(self) -> bool:
        return bool(super().can_publish() and not needs_review(self.page))

    def can_publish_subpage(self) -> bool:
        return bool(super().can_publish_subpage() and not needs_review(self.page))

    def can_unpublish(self) -> bool:
        """A review keeps nobody from taking down what is wrong, an emergency release
        above all: it is public while it is reviewed."""
        if super().can_unpublish():
            return True
        is_in_review = isinstance(self.page.get_lock(), WorkflowLock)
        return bool(self.page.live and is_in_review and self.holds_publishing())

    def holds_publishing(self) -> bool:
        """The right itself, with which what is released may be made public."""
        return bool(super().can_publish())

    def can_set_view_restrictions(self) -> bool:
        return self.holds_publishing()

    def can_unschedule(self) -> bool:
        return self.holds_publishing()
