"""Blocks that any page may use, and the blocks of a home page.

Struct blocks first, then the named sets. What a block hands to its template is in
``home.block_views``.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home import block_views as block_views  # registers itself
from home import rendering

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class PublicBlock:
    """A block whose HTML is what the public page shows: one template, one way to it."""

    name: str

    def render(self, value: Any, context: dict[str, Any] | None = None) -> str:
        stored = self.get_prep_value(value)  # type: ignore[attr-defined]  # of Block
        return rendering.render_block(self.name, stored, context or {})


class TextBlock(PublicBlock, blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("文字")
        description = _("一段或几段正文，可以加粗、列表、链接。")
        preview_value = (
            "<p>干完活拿不到工钱，可以<b>先打 12333 投诉</b>，再申请仲裁。</p>"
        )


class HeadingBlock(PublicBlock, blocks.StructBlock):
    text = blocks.CharBlock(label=_("小标题"), max_length=80)
    level = blocks.ChoiceBlock(
        [("h2", _("大")), ("h3", _("小"))], default="h2", label=_("级别")
    )

    class Meta:
        icon = "title"
        label = _("小标题")
        description = _("把长文分成几段，读者可以跳着看。")
        preview_value = {"text": "去哪里投诉", "level": "h2"}


class PictureBlock(PublicBlock, blocks.StructBlock):
    image = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("图片说明"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("图片")
        description = _("图片库里的一张图片，可以加说明。")


class AttachmentBlock(PublicBlock, blocks.StructBlock):
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
        description = _("让读者下载的文件，自动写出类型和大小。")


class QuoteBlock(PublicBlock, blocks.StructBlock):
    text = blocks.TextBlock(label=_("引文"))
    source = blocks.CharBlock(label=_("出处"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("引文")
        description = _("别人的原话，写明出处。")
        preview_value = {"text": "有话好好说，田埂让三尺。", "source": "杏花村村规民约"}


class AlertBlock(PublicBlock, blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        [("info", _("提示")), ("warning", _("注意")), ("deadline", _("期限"))],
        default="info",
        label=_("种类"),
    )
    text = blocks.RichTextBlock(label=_("内容"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        label = _("提示框")
        description = _("提醒读者注意的话，例如过期作废的期限。")
        preview_value = {
            "kind": "deadline",
            "text": "<p>申请劳动仲裁的期限是一年。</p>",
        }


class BodyTableBlock(PublicBlock, TableBlock):
    class Meta:
        label = _("表格")
        description = _("对照、清单、收费标准；请写标题，勾选表头。")
        preview_value = {
            "data": [["事项", "到哪里办"], ["讨薪", "劳动监察大队"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "找谁办",
        }


CONTENT_BLOCKS = [
    ("text", TextBlock(features=TEXT_FEATURES)),
    ("heading", HeadingBlock()),
    ("picture", PictureBlock()),
    ("attachment", AttachmentBlock()),
    ("quote", QuoteBlock()),
    ("table", BodyTableBlock()),
    ("alert", AlertBlock()),
]


class NoticeBlock(PublicBlock, blocks.StructBlock):
    text = blocks.CharBlock(label=_("通知"), max_length=120)
    page = blocks.PageChooserBlock(label=_("链接到"), required=False)

    class Meta:
        icon = "info-circle"
        label = _("通知条")
        description = _("首页最上面的一行通知。")
        preview_value = {"text": "民法典宣传月活动开始报名", "page": None}


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


class TopTasksBlock(PublicBlock, blocks.StructBlock):
    items = blocks.ListBlock(TaskBlock(), label=_("事项"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("常办事项")
        description = _("首页上带图标的大按钮，最多八个。")


class LatestBlock(PublicBlock, blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)
    column = blocks.PageChooserBlock(page_type="home.ColumnPage", label=_("栏目"))
    count = blocks.IntegerBlock(
        label=_("显示条数"), default=5, min_value=1, max_value=20
    )

    class Meta:
        icon = "list-ul"
        label = _("栏目最新内容")
        description = _("一个栏目里最新的几条。")


class QuestionsByTopicBlock(PublicBlock, blocks.StructBlock):
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
        description = _("每个主题下最新的几个问答。")


class CountiesBlock(PublicBlock, blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)

    class Meta:
        icon = "site"
        label = _("各县门户")
        description = _("市级门户列出各县门户。")


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("名称"), max_length=40)
    url = blocks.URLBlock(label=_("地址"))


class LinksBlock(PublicBlock, blocks.StructBlock):
    heading = blocks.CharBlock(label=_("标题"), max_length=40)
    items = blocks.ListBlock(LinkBlock(), label=_("链接"), min_num=1)

    class Meta:
        icon = "link"
        label = _("友情链接")
        description = _("指向其他网站的链接。")
        preview_value = {
            "heading": "相关网站",
            "items": [{"label": "中国普法网", "url": "http://legalinfo.moj.gov.cn/"}],
        }


HOME_BLOCKS = [
    ("notice", NoticeBlock()),
    ("top_tasks", TopTasksBlock()),
    ("questions_by_topic", QuestionsByTopicBlock()),
    ("latest", LatestBlock()),
    ("counties", CountiesBlock()),
    ("links", LinksBlock()),
    ("text", TextBlock(features=TEXT_FEATURES)),
]
