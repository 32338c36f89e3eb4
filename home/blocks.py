"""Blocks that the text of any page may use.

Struct blocks first, then the named set. What a block hands to its template is in
``home.block_views``; the blocks of a home page are in ``home.front_blocks``.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from home import block_views as block_views  # registers itself
from home import rendering
from home.phones import phone_problem
from media.names import extension_of
from media.video_checks import CAPTION_TYPES, VIDEO_TYPES

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]
IN_TEXT, IN_MEDIA, IN_LINKS = _("文字"), _("图片、视频和文件"), _("引用和联系")


class PublicBlock:
    """A block whose HTML is what the public page shows: one template, one way to it."""

    name: str

    def render(self, value: Any, context: dict[str, Any] | None = None) -> str:
        stored = self.get_prep_value(value)  # type: ignore[attr-defined]  # of Block
        return rendering.render_block(self.name, stored, context or {})


class FormBlock(blocks.StructBlock):
    """A small form. Migrations name it and do not copy its fields: a new help text, or
    a field more, changes no table."""

    def deconstruct(self) -> Any:
        return blocks.Block.deconstruct(self)

    def deconstruct_with_lookup(self, _lookup: Any) -> Any:
        return self.deconstruct()

    @classmethod
    def construct_from_lookup(cls, _lookup: Any, *args: Any, **kwargs: Any) -> Any:
        return cls(*args, **kwargs)


class TextBlock(PublicBlock, blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        group = IN_TEXT
        label = _("文字")
        description = _("一段或几段正文，可以加粗、列表、链接。")
        preview_value = (
            "<p>干完活拿不到工钱，可以<b>先打 12333 投诉</b>，再申请仲裁。</p>"
        )


class HeadingBlock(PublicBlock, FormBlock):
    text = blocks.CharBlock(
        label=_("小标题"),
        max_length=80,
        help_text=_("几个字说清下面讲什么，例如“去哪里投诉”。"),
    )
    level = blocks.ChoiceBlock(
        [("h2", _("大标题")), ("h3", _("大标题下面的小标题"))],
        default="h2",
        label=_("大小"),
    )

    class Meta:
        icon = "title"
        group = IN_TEXT
        label = _("小标题")
        description = _("把长文分成几段，读者可以跳着看。")
        preview_value = {"text": "去哪里投诉", "level": "h2"}


class PictureBlock(PublicBlock, FormBlock):
    image = ImageChooserBlock(
        label=_("图片"),
        help_text=_("替代文字和来源写在图片库里，这里不用再写。"),
    )
    caption = blocks.CharBlock(
        label=_("图片说明"),
        required=False,
        max_length=200,
        help_text=_("显示在图片下面，例如时间、地点、在做什么；没有就留空。"),
    )

    class Meta:
        icon = "image"
        group = IN_MEDIA
        label = _("图片")
        description = _("图片库里的一张图片，可以加说明。")


class GalleryBlock(PublicBlock, FormBlock):
    heading = blocks.CharBlock(
        label=_("标题"),
        required=False,
        max_length=40,
        help_text=_("这组图片讲的是什么，例如“宣讲现场”；可以留空。"),
    )
    pictures = blocks.ListBlock(
        PictureBlock(),
        label=_("图片"),
        default=[{"image": None, "caption": ""}] * 2,
        min_num=2,
        max_num=24,
    )

    class Meta:
        icon = "image"
        group = IN_MEDIA
        label = _("组图")
        description = _("几张图片排在一起，点一下看大图；一张图片请用“图片”。")


class AttachmentBlock(PublicBlock, FormBlock):
    document = DocumentChooserBlock(label=_("文件"))
    title = blocks.CharBlock(
        label=_("显示的名称"),
        required=False,
        max_length=120,
        help_text=_("留空时显示文件自己的标题。"),
    )

    class Meta:
        icon = "doc-full"
        group = IN_MEDIA
        label = _("附件")
        description = _("让读者下载的文件，自动写出类型和大小。")


class VideoBlock(PublicBlock, FormBlock):
    title = blocks.CharBlock(
        label=_("视频名称"),
        max_length=80,
        help_text=_("例如“一分钟看懂法律援助怎么申请”。"),
    )
    video = DocumentChooserBlock(
        label=_("视频文件"),
        help_text=_(
            "先传到文件库。MP4（H.264）在老手机上也能放；流量要花钱，越小越好。"
        ),
    )
    poster = ImageChooserBlock(
        label=_("封面图片"),
        required=False,
        help_text=_("播放以前显示的画面；留空时是黑底。"),
    )
    captions = DocumentChooserBlock(
        label=_("字幕文件"),
        required=False,
        help_text=_("WebVTT 格式（.vtt）。画面里已经有字幕的可以留空。"),
    )
    transcript = blocks.TextBlock(
        label=_("文字内容"),
        rows=6,
        help_text=_(
            "把视频里说的话和要紧的画面写成文字，给听不见、看不见和没有流量的人看。"
            "必须填写。"
        ),
    )

    class Meta:
        icon = "media"
        group = IN_MEDIA
        label = _("视频")
        description = _("文件库里的一段视频，附文字内容；不会自动播放。")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = {}
        if extension_of(cleaned["video"].filename) not in VIDEO_TYPES:
            wrong["video"] = ValidationError(_("请选 MP4 或者 WebM 格式的视频文件。"))
        captions = cleaned.get("captions")
        if captions and extension_of(captions.filename) not in CAPTION_TYPES:
            wrong["captions"] = ValidationError(_("请选 .vtt 格式的字幕文件。"))
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned


class QuoteBlock(PublicBlock, FormBlock):
    text = blocks.TextBlock(
        label=_("引文"), help_text=_("一字不改地抄原话；引用法条请用“法条引用”。")
    )
    source = blocks.CharBlock(
        label=_("出处"),
        required=False,
        max_length=120,
        help_text=_("谁说的、写在哪里，例如“杏花村村规民约”。"),
    )

    class Meta:
        icon = "openquote"
        group = IN_TEXT
        label = _("引文")
        description = _("别人的原话，写明出处。")
        preview_value = {"text": "有话好好说，田埂让三尺。", "source": "杏花村村规民约"}


class AlertBlock(PublicBlock, FormBlock):
    kind = blocks.ChoiceBlock(
        [("info", _("提示")), ("warning", _("注意")), ("deadline", _("期限"))],
        default="info",
        label=_("种类"),
        help_text=_("错过就办不成的时间选“期限”，容易上当吃亏的选“注意”。"),
    )
    text = blocks.RichTextBlock(label=_("内容"), features=["bold", "link"])

    class Meta:
        icon = "warning"
        group = IN_TEXT
        label = _("提示框")
        description = _("提醒读者注意的话，例如过期作废的期限。")
        preview_value = {
            "kind": "deadline",
            "text": "<p>申请劳动仲裁的期限是一年。</p>",
        }


class BodyTableBlock(PublicBlock, TableBlock):
    class Meta:
        icon = "table"
        group = IN_TEXT
        label = _("表格")
        description = _("对照、清单、收费标准；请写标题，勾选表头。")
        preview_value = {
            "data": [["事项", "到哪里办"], ["讨薪", "劳动监察大队"]],
            "first_row_is_table_header": True,
            "first_col_is_header": False,
            "table_caption": "找谁办",
        }


def check_phone(written: str) -> None:
    if problem := phone_problem(written):
        raise ValidationError(problem)


def phone_block(**options: Any) -> blocks.CharBlock:
    return blocks.CharBlock(
        required=False, max_length=60, validators=[check_phone], **options
    )


class ContactBlock(PublicBlock, FormBlock):
    name = blocks.CharBlock(
        label=_("单位或者联系人"),
        max_length=80,
        help_text=_("群众该找谁，例如“青山县法律援助中心”或者“王调解员”。"),
    )
    phone = phone_block(
        label=_("电话"),
        help_text=_("带区号；几个号码用顿号隔开。手机上点一下就能打。"),
    )
    address = blocks.CharBlock(
        label=_("地址"),
        required=False,
        max_length=120,
        help_text=_("写到门牌和楼层，外村人也找得到。"),
    )
    hours = blocks.CharBlock(
        label=_("办公时间"),
        required=False,
        max_length=120,
        help_text=_("例如“星期一至星期五 8:30—12:00，14:00—17:30”。"),
    )
    note = blocks.CharBlock(
        label=_("提醒"),
        required=False,
        max_length=200,
        help_text=_("来之前要知道的事，例如“请带身份证，赶集日人多”。"),
    )

    class Meta:
        icon = "mobile-alt"
        group = IN_LINKS
        label = _("联系卡")
        description = _("找谁、电话、地址、时间，写成一张卡片。")
        preview_value = {
            "name": "青山县法律援助中心",
            "phone": "12348",
            "address": "青山县演示路2号一楼",
            "hours": "星期一至星期五 8:30—12:00，14:00—17:30",
            "note": "请带身份证。",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned["phone"] and not cleaned["address"]:
            missing = ValidationError(_("电话和地址至少写一样。"))
            raise StructBlockValidationError(block_errors={"phone": missing})
        return cleaned


CONTENT_BLOCKS = [
    ("text", TextBlock(features=TEXT_FEATURES)),
    ("heading", HeadingBlock()),
    ("alert", AlertBlock()),
    ("table", BodyTableBlock()),
    ("quote", QuoteBlock()),
    ("picture", PictureBlock()),
    ("gallery", GalleryBlock()),
    ("video", VideoBlock()),
    ("attachment", AttachmentBlock()),
    ("contact", ContactBlock()),
]
