"""Blocks that any page may use, and the blocks of a home page.

Order: struct blocks, the named sets, then what each block hands to its template
(``site/templates/components/blocks/<type>.html``) through ``home.streams``.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home.presentation import Reader
from home.streams import References, refer_to_rich_text, register_block

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("小标题"), max_length=80)
    level = blocks.ChoiceBlock(
        [("h2", _("大")), ("h3", _("小"))], default="h2", label=_("级别")
    )

    class Meta:
        icon = "title"
        label = _("小标题")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图片说明"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("图片")


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(
        label=_("显示的名称"),
        required=False,
        max_length=120,
        help_text=_("留空时显示文件自己的标题。"),
    )

    class Meta:
        icon = "doc-full"
        label = _("附件")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("引文")


class AlertBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        [("info", _("提示")), ("warning", _("注意")), ("deadline", _("期限"))],
        default="info",
        label=_("种类"),
    )
    text = blocks.RichTextBlock(label=_("内容"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("提示框")


CONTENT_BLOCKS = [
    ("text", blocks.RichTextBlock(features=TEXT_FEATURES, label=_("文字"))),
    ("heading", HeadingBlock()),
    ("picture", PictureBlock()),
    ("attachment", AttachmentBlock()),
    ("quote", QuoteBlock()),
    ("table", TableBlock(label=_("表格"))),
    ("alert", AlertBlock()),
]


class NoticeBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("通知"), max_length=120)
    page = blocks.PageChooserBlock(label=_("链接到"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("通知条")


TASK_ICONS = [
    ("wage", _("工钱")),
    ("aid", _("援助")),
    ("mediate", _("调解")),
    ("law", _("法条")),
    ("question", _("提问")),
    ("phone", _("电话")),
]


class TaskBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("名称"), max_length=12)
    hint = blocks.CharBlock(label=_("说明"), required=False, max_length=30)
    icon = blocks.ChoiceBlock(TASK_ICONS, default="question", label=_("图标"))
    page = blocks.PageChooserBlock(label=_("链接到页面"), required=False)
    topic = blocks.CharBlock(
        label=_("或者主题"),
        required=False,
        help_text=_("主题的网址用名，例如 qianxin。"),
    )
    place = blocks.ChoiceBlock(
        [
            ("/laws/", _("法律法规库")),
            ("/search/", _("搜索")),
            ("/topics/", _("全部主题")),
        ],
        required=False,
        label=_("或者固定页面"),
    )
    phone = blocks.RegexBlock(r"^[\d-]{3,20}$", label=_("或者电话"), required=False)

    class Meta:
        icon = "link"
        label = _("事项")


class TopTasksBlock(blocks.StructBlock):
    items = blocks.ListBlock(TaskBlock(), label=_("事项"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("常办事项")


class LatestBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)
    column = blocks.PageChooserBlock(page_type="home.ColumnPage", label=_("栏目"))
    count = blocks.IntegerBlock(
        label=_("显示条数"), default=5, min_value=1, max_value=20
    )

    class Meta:
        icon = "list-ul"
        label = _("栏目最新内容")


class QuestionsByTopicBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)
    topics = blocks.ListBlock(
        blocks.CharBlock(label=_("主题的网址用名")), label=_("主题"), min_num=1
    )
    count = blocks.IntegerBlock(
        label=_("每个主题显示几个问题"), default=3, min_value=1, max_value=10
    )

    class Meta:
        icon = "help"
        label = _("按主题看问答")


class CountiesBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)

    class Meta:
        icon = "site"
        label = _("各县门户")


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("名称"), max_length=40)
    url = blocks.URLBlock(label=_("地址"))


class LinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)
    items = blocks.ListBlock(LinkBlock(), label=_("链接"), min_num=1)

    class Meta:
        icon = "link"
        label = _("友情链接")


HOME_BLOCKS = [
    ("notice", NoticeBlock()),
    ("top_tasks", TopTasksBlock()),
    ("questions_by_topic", QuestionsByTopicBlock()),
    ("latest", LatestBlock()),
    ("counties", CountiesBlock()),
    ("links", LinksBlock()),
    ("text", blocks.RichTextBlock(features=TEXT_FEATURES, label=_("文字"))),
]


# --- what the templates receive -------------------------------------------------------


def _text(value: str, reader: Reader, _anchor: str) -> dict[str, Any]:
    return {"html": reader.rich_text(value)}


def _heading(value: dict[str, Any], _reader: Reader, anchor: str) -> dict[str, Any]:
    return {
        "text": value["text"],
        "level": 3 if value.get("level") == "h3" else 2,
        "anchor": anchor,
    }


def _picture(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    picture = reader.picture(value["image"])
    if picture is None:
        return None
    return {"picture": picture, "caption": value.get("caption", "")}


def _attachment(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    attachment = reader.attachment(value["document"])
    if attachment is None:
        return None
    return {"attachment": attachment, "title": value.get("title") or attachment.title}


def _quote(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "text": reader.plain_text(value["text"]),
        "source": value.get("source", ""),
    }


def _table(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "caption": value.get("table_caption") or "",
        "rows": [
            [reader.plain_text(cell or "") for cell in row] for row in value["data"]
        ],
        "has_header_row": bool(value.get("first_row_is_table_header")),
        "has_header_column": bool(value.get("first_col_is_header")),
    }


def _alert(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {"kind": value.get("kind", "info"), "html": reader.rich_text(value["text"])}


def _notice(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    card = reader.card(value["page"]) if value.get("page") else None
    return {"text": value["text"], "path": card.path if card else ""}


def _task_target(item: dict[str, Any], reader: Reader) -> tuple[str, str]:
    """(logical path, tel: address) of a task; both empty when its target is gone."""
    if item.get("phone"):
        return "", f"tel:{item['phone']}"
    if item.get("place"):
        return item["place"], ""
    if item.get("topic"):
        return next(
            (
                (topic.path, "")
                for topic in reader.topics()
                if topic.slug == item["topic"]
            ),
            ("", ""),
        )
    card = reader.card(item["page"]) if item.get("page") else None
    return (card.path if card else ""), ""


def _top_tasks(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    items = []
    for item in list_values(value["items"]):
        path, href = _task_target(item, reader)
        if path or href:
            items.append(
                {
                    "label": item["label"],
                    "hint": item.get("hint", ""),
                    "icon": item.get("icon", "question"),
                    "path": path,
                    "href": href,
                }
            )
    return {"items": items} if items else None


def _latest(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    column = reader.card(value["column"])
    if column is None:
        return None
    cards = reader.cards(under=column.id, limit=value.get("count", 5))
    if not cards:
        return None
    return {"heading": value["heading"], "cards": cards, "path": column.path}


def _questions_by_topic(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    by_slug = {topic.slug: topic for topic in reader.topics()}
    groups = []
    for slug in list_values(value["topics"]):
        topic = by_slug.get(slug)
        if topic is None:
            continue
        cards = reader.cards(
            kind="question", topic=topic.id, limit=value.get("count", 3)
        )
        if cards:
            groups.append((topic, cards))
    return {"heading": value["heading"], "topics": groups} if groups else None


def _counties(value: dict[str, Any], reader: Reader, _anchor: str) -> Any:
    portals = tuple(reader.portals())
    return {"heading": value["heading"], "portals": portals} if portals else None


def _links(value: dict[str, Any], reader: Reader, _anchor: str) -> dict[str, Any]:
    return {
        "heading": value["heading"],
        "items": [
            {"label": item["label"], **reader.outward(item["url"])}
            for item in list_values(value["items"])
        ],
    }


def list_values(raw: list[Any]) -> list[Any]:
    """The values of a stored list block, in its present and its old form."""
    return [
        item["value"] if isinstance(item, dict) and "value" in item else item
        for item in raw
    ]


def _refer_to_picture(value: dict[str, Any], found: References) -> None:
    found.images.add(value["image"])


def _refer_to_attachment(value: dict[str, Any], found: References) -> None:
    found.documents.add(value["document"])


def _refer_to_alert(value: dict[str, Any], found: References) -> None:
    refer_to_rich_text(value["text"], found)


def _refer_to_quote(value: dict[str, Any], found: References) -> None:
    found.texts.append(value["text"])


def _refer_to_table(value: dict[str, Any], found: References) -> None:
    found.texts.extend(cell for row in value["data"] for cell in row if cell)


def _refer_to_notice(value: dict[str, Any], found: References) -> None:
    found.pages.add(value.get("page"))


def _refer_to_top_tasks(value: dict[str, Any], found: References) -> None:
    found.pages.update(item.get("page") for item in list_values(value["items"]))


def _refer_to_latest(value: dict[str, Any], found: References) -> None:
    found.pages.add(value["column"])


def _refer_to_links(value: dict[str, Any], found: References) -> None:
    found.urls.update(item["url"] for item in list_values(value["items"]))


register_block("text", _text, refer_to_rich_text)
register_block("heading", _heading)
register_block("picture", _picture, _refer_to_picture)
register_block("attachment", _attachment, _refer_to_attachment)
register_block("quote", _quote, _refer_to_quote)
register_block("table", _table, _refer_to_table)
register_block("alert", _alert, _refer_to_alert)
register_block("notice", _notice, _refer_to_notice)
register_block("top_tasks", _top_tasks, _refer_to_top_tasks)
register_block("questions_by_topic", _questions_by_topic)
register_block("latest", _latest, _refer_to_latest)
register_block("counties", _counties)
register_block("links", _links, _refer_to_links)
