"""What Wagtail's checker looks for in the preview of a page, said in Chinese."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# Rules of axe (and two of Wagtail's) about what an editor can mend; the frame of the
# page is tested elsewhere. id: (what is wrong, what to do)
RULES = {
    "empty-heading": (_("小标题是空的"), _("写上文字，或者删掉这个小标题。")),
    "heading-order": (
        _("小标题跳级了"),
        _("大标题下面先用“大”小标题，再用“小”小标题，不要跳过一级。"),
    ),
    "p-as-heading": (
        _("用加粗的段落当小标题"),
        _("改用“小标题”，读屏软件和目录才认得出来。"),
    ),
    "link-name": (_("链接没有文字"), _("给链接写上说明去向的文字。")),
    "link-in-text-block": (
        _("链接和正文分不清"),
        _("链接要和周围文字有明显区别，请不要改动它的样式。"),
    ),
    "image-alt": (_("图片没有替代文字"), _("在图片库里用一句话说明画面内容。")),
    "image-redundant-alt": (
        _("替代文字和旁边的文字重复"),
        _("替代文字说画面，图片说明补充别的内容，不要写两遍。"),
    ),
    "alt-text-quality": (
        _("替代文字像是文件名"),
        _("替代文字里不要有文件扩展名和下划线，用一句话说明画面内容。"),
    ),
    "empty-table-header": (_("表头是空的"), _("表头每一格都要写字。")),
    "table-duplicate-name": (
        _("表格的标题和说明重复"),
        _("标题写表格讲什么，说明另写别的。"),
    ),
    "td-has-header": (
        _("大表格没有表头"),
        _("勾选“第一行是表头”或者“第一列是表头”。"),
    ),
    "th-has-data-cells": (_("表头下面没有内容"), _("补上内容，或者删掉这一列。")),
    "list": (_("列表的结构不对"), _("用编辑器的列表按钮重新做这个列表。")),
    "listitem": (_("列表项不在列表里"), _("用编辑器的列表按钮重新做这个列表。")),
    "button-name": (_("按钮没有文字"), _("给按钮写上文字。")),
    "input-button-name": (_("按钮没有文字"), _("给按钮写上文字。")),
    "frame-title": (_("嵌入的内容没有标题"), _("写上标题，说明嵌入的是什么。")),
    "empty-meta-description": (
        _("摘要是空的"),
        _("用一两句话写摘要，列表和搜索引擎会显示它。"),
    ),
}


class PortalContentChecker(ContentCheckerItem):
    """Looks at the content of the page; ``main`` is in every template."""

    axe_include: ClassVar[list[str]] = ["main"]
    axe_run_only: ClassVar[list[str]] = list(RULES)
    axe_messages: ClassVar[dict[str, Any]] = {
        rule: {"error_name": name, "help_text": advice}
        for rule, (name, advice) in RULES.items()
    }


def use_portal_checker(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put our checker in the place of Wagtail's, wherever one is shown."""
    for position, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[position] = PortalContentChecker(in_editor=item.in_editor)
