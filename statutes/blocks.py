"""The block in which an editor cites the law."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import PublicBlock
from home.forms import checked_portal

from .checking import check_citation


class CitationBlock(PublicBlock, blocks.CharBlock):
    """A citation as text, checked against the register and the library.

    What is stored is what was typed; links and texts are resolved when it is shown.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault(
            "help_text",
            _(
                "例如：《民法典》第一千零四十六条；《刑法》第一百三十三条之一第一款。"
                "保存时会核对条文是否存在。"
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value: str) -> str:
        cleaned = super().clean(value)
        if cleaned:
            check_citation(cleaned, checked_portal.get)
        return cleaned

    class Meta:
        icon = "openquote"
        label = _("法条引用")
        preview_value = "《民法典》第一千零四十六条"
        description = _("引用法律法规的条文，网页上显示条文链接和全文")
