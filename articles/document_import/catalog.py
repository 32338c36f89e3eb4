"""Every kind of finding: how grave it is, and the sentence for the editor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


class Severity(StrEnum):
    SEVERE = "severe"  # 严重: has to be put right before anybody publishes it
    HINT = "hint"  # 提示: look at it


@dataclass(frozen=True, slots=True)
class FindingKind:
    severity: Severity
    sentence: _StrPromise


def _severe(sentence: _StrPromise) -> FindingKind:
    return FindingKind(Severity.SEVERE, sentence)


def _hint(sentence: _StrPromise) -> FindingKind:
    return FindingKind(Severity.HINT, sentence)


# --- wording: what is wrong with the text itself ------------------------------------------
_WORDING = {
    "lost_characters": _severe(
        _("这里像是漏了字，请对照原件补上；会议、领导人和文件的名称一个字也不能错。")
    ),
    "lost_area": _hint(_("“全”后面像是漏了“区”“县”“市”一类的字，请对照原件核对。")),
    "replaced_characters": _severe(
        _("这里有没能显示的字（□、？或者乱码），请对照原件补上。")
    ),
    "placeholder": _severe(
        _("这里用 XX 代替了真实的名称、年份或者文号，请对照原件填写。")
    ),
    "control_characters": _hint(_("文中有看不见的控制字符，没有收进正文。")),
    "unbalanced_marks": _hint(_("引号、括号或者书名号不成对。")),
    "stray_mark": _hint(_("标点连在一起，像是多了一个。")),
    "broken_words": _hint(
        _("字词中间有空格，可能是断行留下的；正文照原样保留，请逐处核对。")
    ),
    "title_space": _hint(
        _("标题中间有空格，可能是断行留下的；标题照原样保留，请核对。")
    ),
    "lines_joined": _hint(_("这些行在句子中间断开，已经接成一段，请核对。")),
    "sentence_broken": _severe(
        _("句子在这里断开，下一行不像是接着的；正文照原样保留，请对照原件接好。")
    ),
    "truncated": _severe(_("正文的最后一句没有写完，后面可能还有内容没有复制下来。")),
}

# --- structure -------------------------------------------------------------------------------
_STRUCTURE = {
    "page_numbers": _severe(
        _(
            "行首的序号像是网站分页留下的，不属于正文；照原样保留了，请删去并把句子接好。"
        )
    ),
    "numbering_broken": _severe(_("编号写错了，请对照原件改正；正文照原样保留。")),
    "numbering_spaced": _hint(_("编号的数字和点之间有空格；正文照原样保留。")),
    "numbering_order": _severe(
        _("编号的先后乱了，段落可能颠倒、重复或者缺失，请对照原件调整。")
    ),
    "section_elsewhere": _severe(
        _("“%(strays)s”像是“%(section)s”的内容，却排在了前面，请对照原件调整顺序。")
    ),
    "lead_differs": _hint(
        _("同一级的其他各条开头都有一句小标题，这一条没有，可能漏了标点或者字。")
    ),
    "run_together": _hint(_("几段文字连在同一行里，已经按编号分开，请核对。")),
    "several_parts": _hint(
        _(
            "一份通知里有 %(count)d 份文件，已经分成 %(count)d 个部分，各有自己的目录位置，请核对。"
        )
    ),
    "irregular_indent": _hint(
        _("这些段落的缩进和别处不一样；网页上会统一排版，不影响文字。")
    ),
    "no_body": _severe(_("没有读到正文，请检查文件。")),
}

# --- header -----------------------------------------------------------------------------------
_HEADER = {
    "no_title": _severe(_("没有读到标题，先用了文件名，请填写。")),
    "title_guessed": _hint(_("文件没有写明“标题”，标题是从正文开头读出来的，请核对。")),
    "title_repeated": _hint(_("标题在正文前面又写了一遍，没有收进正文。")),
    "title_too_long": _severe(
        _("标题超过 %(limit)d 个字，草稿里只放了前面的部分，请改短。")
    ),
    "issuer_repeated": _hint(_("网页上方的单位名称没有收进正文。")),
    "empty_field": _hint(_("“%(label)s”一栏是空的，草稿里也空着。")),
    "field_conflict": _severe(
        _("“%(label)s”前后写得不一样，草稿里用了先写的“%(first)s”，请核对。")
    ),
    "bad_date": _severe(_("“%(label)s”一栏不是能看懂的日期，请自己填写。")),
    "unknown_value": _hint(
        _("“%(label)s”一栏写的“%(value)s”没有对应的选项，请自己选。")
    ),
    "value_too_long": _hint(_("“%(label)s”一栏太长，草稿里只放了前面的部分。")),
    "index_number_taken": _severe(
        _("索引号“%(number)s”已经用在《%(title)s》上；索引号不能重复，请核对。")
    ),
}

# --- what is not part of the document -----------------------------------------------------------
_LEFT_OUT = {
    "page_tools": _hint(_("字号、打印、二维码等网页工具没有收进正文。")),
    "navigation": _hint(_("网页的导航没有收进正文。")),
    "forum": _hint(_("论坛的登录框、发帖人、回复和分享等没有收进正文。")),
    "promotion": _hint(_("文档网站的推广文字没有收进正文。")),
    "site_footer": _hint(_("网页底部的主办单位、备案号等没有收进正文。")),
    "footer_organizer": _hint(
        _("网页底部的主办单位是“%(organizer)s”，那是承载网站的单位，不是发布机构。")
    ),
    "related_reading": _hint(
        _(
            "“相关阅读”的 %(count)d 条没有收进正文，其中 %(unrelated)d 条看不出和本文有关。"
        )
    ),
    "hidden_text": _hint(_("网页里不显示的文字和菜单没有收进正文。")),
    "copied_from": _severe(
        _("这是从“%(site)s”转贴的，不是原单位的网页，请到原单位的网站核对原文。")
    ),
    "sharing_site": _severe(
        _("这是从文档分享网站复制的，文字可能错漏、颠倒，请找到原件核对。")
    ),
    "original_link": _severe(
        _(
            "原文件只写了“%(reference)s”，不能当链接用，请在“解读的文件”里选中本门户的文件。"
        )
    ),
    "attachment": _hint(_("附件“%(name)s”没有随文件带来，请另行上传。")),
    "attachment_unnamed": _hint(
        _("网页上有附件栏，但没有附件的名称，请到原网页查看，有附件请另行上传。")
    ),
    "picture": _hint(_("图片“%(name)s”没有随文件带来，请另行上传。")),
}

CATALOG: dict[str, FindingKind] = {**_WORDING, **_STRUCTURE, **_HEADER, **_LEFT_OUT}


def kind_of(code: str) -> FindingKind:
    return CATALOG[code]


def sentence_of(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence in the language of the moment."""
    return str(CATALOG[code].sentence) % dict(params)
