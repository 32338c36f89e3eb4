"""The body of an article and the explanation of an answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.block_views import itself
from home.blocks import CONTENT_BLOCKS, PublicBlock
from home.presentation import Reader
from home.streams import References, register_block
from statutes.blocks import CitationBlock


class QuestionLinkBlock(PublicBlock, blocks.PageChooserBlock):
    """A question of the same portal, shown as a card with its one-sentence answer."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("page_type", "articles.QuestionPage")
        super().__init__(**kwargs)

    class Meta:
        icon = "help"
        label = _("相关问答")
        description = _("正文里插一个问答的卡片。")


BODY_BLOCKS = [
    *CONTENT_BLOCKS,
    ("citation", CitationBlock()),
    ("question_link", QuestionLinkBlock()),
]


class PartBlock(PublicBlock, blocks.StructBlock):
    """Where a part of a document begins: one notice may carry several plans."""

    title = blocks.CharBlock(
        label=_("名称"),
        max_length=120,
        help_text=_("这一部分的全名，例如：青山县人民调解工作三年方案。"),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("分件")
        description = _("一份通知里有几个方案、几个附件全文时，每个前面放一个。")
        preview_value = {"title": "青山县人民调解工作三年方案"}


# The parts that an interpretation may have (checklist 5.3), in the order of reading.
SECTIONS = [
    ("background", _("背景依据")),
    ("purpose", _("目的意义")),
    ("targets", _("目标任务")),
    ("main", _("主要内容")),
    ("scope", _("适用范围")),
    ("standards", _("执行标准")),
    ("time_limits", _("办理期限")),
    ("terms", _("名词解释")),
    ("changes", _("新旧政策差异")),
]


class SectionBlock(PublicBlock, blocks.StructBlock):
    """A heading with one of the names that interpretations use everywhere."""

    part = blocks.ChoiceBlock(SECTIONS, label=_("哪一部分"))

    class Meta:
        icon = "title"
        label = _("解读要点")
        description = _("解读的一部分从这里开始：背景依据、主要内容、适用范围……")
        preview_value = {"part": "background"}


DOCUMENT_BLOCKS = [*BODY_BLOCKS, ("part", PartBlock())]
INTERPRETATION_BLOCKS = [*BODY_BLOCKS, ("section", SectionBlock())]


def _citation(value: str, reader: Reader, _anchor: str) -> Any:
    provisions = reader.cite(value)
    return {"provisions": provisions} if provisions else None


def _question_link(value: int, reader: Reader, _anchor: str) -> Any:
    card = reader.card(value)
    return {"card": card} if card else None


def _refer_to_citation(value: str, found: References) -> None:
    found.citations.append(value)


def _refer_to_question(value: int, found: References) -> None:
    found.pages.add(value)


def _part(value: dict[str, Any], _reader: Reader, anchor: str) -> dict[str, Any]:
    return {"title": value["title"], "anchor": anchor}


def _section(value: dict[str, Any], _reader: Reader, anchor: str) -> Any:
    part = value.get("part") or ""
    name = dict(SECTIONS).get(part)
    return {"part": part, "text": str(name), "anchor": anchor} if name else None


def _words_of_part(value: dict[str, Any]) -> tuple[str, ...]:
    return (value.get("title") or "",)


register_block("citation", _citation, _refer_to_citation, itself)
register_block("question_link", _question_link, _refer_to_question)
register_block("part", _part, words=_words_of_part)
register_block("section", _section)
