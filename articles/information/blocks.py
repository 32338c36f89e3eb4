"""Blocks of the pages about the bureau itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from articles.blocks import BODY_BLOCKS
from articles.offices import lines_of, offices
from home.block_views import list_values
from home.blocks import PublicBlock
from home.presentation import Reader
from home.streams import References, register_block


class LeaderBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("姓名"), max_length=50)
    post = blocks.CharBlock(label=_("职务"), max_length=100)
    duties = blocks.TextBlock(
        label=_("分管工作"), help_text=_("负责哪些工作，一行写一项。")
    )
    photo = ImageChooserBlock(
        label=_("照片"),
        required=False,
        help_text=_("工作照，本人书面同意后才放；不放也可以。"),
    )

    class Meta:
        icon = "user"
        label = _("负责人")


class LeadersBlock(PublicBlock, blocks.StructBlock):
    heading = blocks.CharBlock(label=_("小标题"), required=False, max_length=40)
    items = blocks.ListBlock(LeaderBlock(), label=_("负责人"), min_num=1)

    class Meta:
        icon = "group"
        label = _("负责人")
        description = _("局领导的姓名、职务和分管工作，按排名先后填写。")
        preview_value = {
            "heading": "局领导",
            "items": [
                {"name": "某某", "post": "党组书记、局长", "duties": "主持全面工作。"}
            ],
        }


class OfficesBlock(PublicBlock, blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("小标题"), default=_("内设机构和司法所"), max_length=40
    )

    class Meta:
        icon = "home"
        label = _("内设机构")
        description = _("列出“股室和司法所”里登记的全部股室，改了登记，这里跟着变。")
        preview_value = {"heading": "内设机构和司法所"}


INFORMATION_BLOCKS = [
    *BODY_BLOCKS,
    ("leaders", LeadersBlock()),
    ("offices", OfficesBlock()),
]


def _leaders(value: dict[str, Any], reader: Reader, anchor: str) -> Any:
    people = [
        {
            "name": item["name"],
            "post": item["post"],
            "duties": lines_of(item.get("duties")),
            "photo": reader.picture(item.get("photo")),
        }
        for item in list_values(value["items"])
    ]
    if not people:
        return None
    return {"heading": value.get("heading") or "", "anchor": anchor, "people": people}


def _offices(value: dict[str, Any], reader: Reader, anchor: str) -> Any:
    found = offices(reader)
    if not found:
        return None
    return {
        "heading": value["heading"],
        "anchor": anchor,
        "offices": [
            {
                "name": office.name,
                "head": office.head,
                "duties": office.duties,
                "phones": [
                    {"label": phone.text, "path": "", "href": phone.href}
                    for phone in office.phones
                ],
                "address": office.address,
                "hours": office.hours,
            }
            for office in found
        ],
    }


def _words_of_offices(value: dict[str, Any]) -> list[str]:
    return [value["heading"] or ""]


def _refer_to_leaders(value: dict[str, Any], found: References) -> None:
    found.images.update(
        photo for item in list_values(value["items"]) if (photo := item.get("photo"))
    )


def _words_of_leaders(value: dict[str, Any]) -> list[str]:
    words = [value.get("heading") or ""]
    for item in list_values(value["items"]):
        words += [item["name"] or "", item["post"] or "", item.get("duties") or ""]
    return words


register_block("leaders", _leaders, _refer_to_leaders, _words_of_leaders)
register_block("offices", _offices, words=_words_of_offices)
