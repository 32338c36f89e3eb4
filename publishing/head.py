"""Head tags of the pages of the tree (checklist 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from home.links import language_path
from home.models import BasePage
from home.presentation import format_pub_date
from publishing.above import Above
from publishing.reader import SnapshotReader
from publishing.tree import default_language


def content_head(reader: SnapshotReader, page: BasePage, view: Any) -> dict[str, str]:
    if page.kind == "home":
        return {
            "column_type": "首页",
            "description": view.summary,
            **feed_head(reader, language_path("/feed.xml", reader.language)),
        }
    column = parent_column(reader, page)
    if not page.has_source:  # a list: what it shows carries the tags of content
        return {
            **(column_head(reader, column) if column else {}),
            "description": plain(view.summary),
        }
    summary = str(getattr(view, "summary", "") or getattr(view, "answer", ""))
    cover = getattr(view, "cover", None)
    return {
        **(column_head(reader, column) if column else {}),
        **page_column_type(page),
        "article_title": view.heading,
        "pub_date": pub_date(view.published_at),
        "content_source": view.source,
        "author": getattr(view, "author", "") or getattr(view, "reviewer", ""),
        "keywords": ",".join(topic.name for topic in view.topics),
        "description": plain(summary),
        "image": reader.form.absolute(cover.path) if cover else "",
    }


def page_column_type(page: BasePage) -> dict[str, str]:
    """A page that is a column by itself in the State Council's list (机构职能 …)."""
    own = getattr(page, "column_type", "")
    return {"column_type": own} if own else {}


def plain(value: Any) -> str:
    """Words without markup, on one line, for a head tag."""
    text = value.striptags() if hasattr(value, "striptags") else str(value)
    return " ".join(text.split())


def pub_date(moment: datetime | None) -> str:
    return format_pub_date(timezone.localtime(moment) if moment else None)


def feed_head(reader: SnapshotReader, path: str) -> dict[str, str]:
    """A feed names absolute addresses only, so it exists only where they are known."""
    return {"feed_path": path} if reader.form.has_feeds else {}


def parent_column(reader: SnapshotReader, page: BasePage) -> Above | None:
    """The nearest column above: a report stands in a campaign, and that in a column."""
    above = reader.above(page.pk)
    columns = [parent for parent in above if parent.kind == "column"]
    return columns[-1] if columns else None


def column_head(reader: SnapshotReader, row: Above) -> dict[str, str]:
    """The column group of head tags (checklist 2)."""
    code = reader.language if reader.language in row.languages else default_language()
    return {
        "column_name": row.headings[code],
        "column_description": row.summaries[code] or row.summaries[default_language()],
        "column_keywords": row.keywords[code] or row.keywords[default_language()],
        "column_type": row.column_type,
    }
