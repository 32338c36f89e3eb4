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


register_block("citation", _citation, _refer_to_citation, itself)
register_block("question_link", _question_link, _refer_to_question)
