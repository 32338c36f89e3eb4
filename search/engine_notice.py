"""What staff see on the first page of the admin while a search engine is not well.

The public sees nothing of it: the embedded engine answers.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from home.models import Cursor
from home.roles import is_prefecture_staff
from search.engine_names import ELASTICSEARCH, EMBEDDED, RECEIVERS
from search.engines import get_engine
from search.indexing import last_change_number


class EngineNotice(Component):
    """``text``: what is wrong and what follows from it; empty while all is well."""

    template_name = "search/engine_notice.html"
    order = 1  # above everything else

    @cached_property
    def text(self) -> str:
        engine = get_engine()
        if settings.ELASTICSEARCH_URLS and engine.name == EMBEDDED:
            return _(
                "搜索服务器（Elasticsearch）现在不能用，公众搜索由内置引擎照常提供。"
                "还有 %(count)s 项改动没有送到搜索服务器，恢复后自动补上，不会丢失。"
                "如果一天后还是这样，请联系技术人员。"
            ) % {"count": _waiting(ELASTICSEARCH)}
        if not engine.status().is_ready:
            return _(
                "搜索索引还没有建好，公众暂时搜不到内容。"
                "后台进程会自动建立；如果一小时后还是这样，请联系技术人员。"
            )
        return ""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"text": self.text}


def show_engine_notice(request: HttpRequest, panels: list[Component]) -> None:
    """For those who look after what all portals share."""
    if is_prefecture_staff(request.user):
        notice = EngineNotice()
        if notice.text:
            panels.append(notice)


def _waiting(engine: str) -> int:
    """How many changes an engine has not been given yet."""
    place = Cursor.objects.filter(receiver=RECEIVERS[engine]).first()
    return last_change_number() - (place.position if place else 0)
