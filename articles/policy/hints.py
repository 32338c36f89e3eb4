"""What the editors of documents and interpretations are told, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.policy.deadlines import DISCLOSURE_DAYS, INTERPRETATION_DAYS, Clock, clock
from articles.policy.standing import Disclosure
from home.models import work_calendar

if TYPE_CHECKING:
    from articles.models import InterpretationPage, PolicyDocumentPage


def public_day(page: PolicyDocumentPage | InterpretationPage) -> date | None:
    moment = page.first_published_at
    return timezone.localdate(moment) if moment else None


def disclosure_clock(page: PolicyDocumentPage) -> Clock | None:
    """None while the day of writing is not known, or where nothing is to be published
    by itself."""
    if page.written_on is None or page.disclosure != Disclosure.ACTIVE:
        return None
    return clock(
        page.written_on,
        DISCLOSURE_DAYS,
        timezone.localdate(),
        work_calendar(),
        public_day(page),
    )


def interpretation_clock(page: InterpretationPage) -> Clock | None:
    """None until the document is public."""
    document = page.document
    if document is None or (published := public_day(document)) is None:
        return None
    return clock(
        published,
        INTERPRETATION_DAYS,
        timezone.localdate(),
        work_calendar(),
        public_day(page),
    )


def document_hints(page: PolicyDocumentPage) -> Iterator[str]:
    found = disclosure_clock(page)
    if found is not None and not found.is_done and found.state != "green":
        yield clock_sentence(found, DISCLOSURE_DAYS)
    if page.disclosure == Disclosure.REQUEST:
        yield _(
            "这份文件是依申请公开：页面上只写名称、概述和怎样申请，正文不要放全文。"
        )
    if page.live and page.disclosure == Disclosure.ACTIVE and page.standing_today_holds:
        if not page.interpretations.live().exists():
            yield _("还没有解读。文件公开时要同步解读，最迟 3 个工作日。")
    if page.valid_until and page.valid_until < timezone.localdate():
        yield _("有效期到 %(day)s 为止，页面已经自动标为失效。") % {
            "day": page.valid_until
        }


def interpretation_hints(page: InterpretationPage) -> Iterator[str]:
    found = interpretation_clock(page)
    if found is not None and not found.is_done and found.state != "green":
        yield clock_sentence(found, INTERPRETATION_DAYS)
    document = page.document
    if document is not None and not document.standing_today_holds:
        yield _("解读的文件“%(heading)s”现在是“%(validity)s”，请核对解读还用不用。") % {
            "heading": document.title,
            "validity": document.standing(timezone.localdate()).label,
        }


def clock_sentence(found: Clock, days: int) -> str:
    """Where a limit stands, with the day on which it turns red."""
    values = {"days": days, "last": found.last_day, "count": abs(found.left)}
    if found.is_done and found.state == "red":
        text = _("应当在 %(days)s 个工作日内公开，晚了 %(count)s 个工作日。")
    elif found.is_done:
        text = _("按时公开了，期限是 %(last)s。")
    elif found.state == "red":
        text = _("已经超过公开期限 %(count)s 个工作日，最后一天是 %(last)s。")
    else:
        text = _(
            "要在 %(days)s 个工作日内公开：最后一天是 %(last)s，还有 %(count)s 个工作日，"
            "%(red)s起就超期。"
        )
        values["red"] = found.red_from
    return text % values + unknown_sentence(found)


def unknown_sentence(found: Clock) -> str:
    if not found.unknown_years:
        return ""
    years = "、".join(str(year) for year in found.unknown_years)
    return _(
        "%(years)s年的节假日安排还没有录入，这一年按星期一到星期五算，日期可能会变。"
    ) % {"years": years}
