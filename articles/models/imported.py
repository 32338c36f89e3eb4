"""Pages that came from an old website: where from, when, and which old address was theirs.

The old day of publication stays a page's day of publication (``first_published_at``),
so that lists keep their order; what is told here is that it was not published on this
site that day. Only the import writes these fields: no form offers them, a revision that
is brought back does not change them, and a copy does not have them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Page

from articles.citing import CitingPage
from home.dates import format_day
from home.models import Portal

LONGEST_ADDRESS = 1000


class OriginPanel(HelpPanel):
    """Where a page came from, to be read only, and only where it came from elsewhere."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("旧网站"))
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            moment = getattr(self.instance, "imported_at", None)
            if moment is not None:
                self.content = escape(
                    gettext("%(day)s从旧网站导入，旧网址是 %(address)s。这两项不能改。")
                    % {
                        "day": format_day(timezone.localdate(moment)),
                        "address": self.instance.imported_from,
                    }
                )

        def is_shown(self) -> bool:
            return bool(self.content)


class ImportedPage(CitingPage):
    """A page type that may come from an old website, and keeps its origin."""

    imported_at = models.DateTimeField(
        _("导入时间"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("从旧网站导入的时间，由系统记下，不能改。"),
    )
    imported_from = models.CharField(
        _("旧网址"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        editable=False,
        help_text=_("这个网页在旧网站上的地址，由系统记下，不能改。"),
    )

    exclude_fields_in_copy: ClassVar[list[str]] = ["imported_at", "imported_from"]

    class Meta:
        abstract = True

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """The page as a revision has it, but for its origin."""
        page = super().with_content_json(content)
        page.imported_at = self.imported_at
        page.imported_from = self.imported_from
        return page


class OldAddress(models.Model):
    """An address of an old website and the page that was made of it.

    ``address`` is written in one way (``articles.page_import.addresses``), so that the
    same address is found again however a table or a link spells it.
    """

    portal = models.ForeignKey(Portal, models.CASCADE, related_name="old_addresses")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    page = models.ForeignKey(Page, models.CASCADE, related_name="old_addresses")
    # Of the saved file: a second import tells whether the old page was changed since.
    source_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portal", "address"], name="old_address_once_per_portal"
            )
        ]

    def __str__(self) -> str:
        return self.address
