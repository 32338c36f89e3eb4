"""Full examples of a service guide, a typical case and standard pages.

What every page shows (body, cards, topics …) comes from ``samples``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from articles.cases.presentation import CaseView
from articles.guide_presentation import GuideView, WebLink
from articles.information.presentation import InformationView
from articles.offices import OfficeData
from home.phones import PhoneNumber
from home.presentation import BlockData
from media.presentation import Attachment

GUIDE = "articles/guide_page.html"
CASE = "articles/case_page.html"
INFORMATION = "articles/information_page.html"
CITED = Markup(
    '符合<a href="/laws/shili/#t1">《示例法》第一条</a>的情形，不审查经济困难。'
)

OFFICES = {
    "heading": "内设机构和司法所",
    "anchor": "s91",
    "offices": [
        {
            "name": "公共法律服务股",
            "head": "某某",
            "duties": ["法律援助", "公证管理"],
            "phones": [
                {"label": "0536-1234567", "href": "tel:0536-1234567"},
                {"label": "12348", "href": "tel:12348"},
            ],
            "address": "人民路1号",
            "hours": "工作日",
        },
        {
            "name": "石桥司法所",
            "head": "",
            "duties": [],
            "phones": [],
            "address": "",
            "hours": "",
        },
    ],
}


def service_views(parts: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """(name, template, address, view[, frame]); ``parts``: cards, body, picture,
    cited, common."""
    guide = _guide(parts)
    yield "guide", GUIDE, "/banshi/falv-yuanzhu/", guide
    bare = replace(
        guide,
        summary="",
        online=None,
        booking=None,
        forms=(),
        blocks=(),
        audiences=(),
        related=(),
    )
    yield "guide, only what is required", GUIDE, "/banshi/tiaojie/", bare
    rtl = {"language": "ug", "direction": "rtl"}
    yield "guide, right to left", GUIDE, "/ug/banshi/falv-yuanzhu/", guide, rtl
    case = _case(parts)
    yield "case", CASE, "/anli/gengdi/", case
    short = replace(case, dispute=(), year=None, place="", blocks=(), summary="")
    yield "case, only what is required", CASE, "/anli/lu/", short
    yield "information", INFORMATION, "/guanyu/zhineng/", _information(parts)


def _guide(parts: dict[str, Any]) -> GuideView:
    return GuideView(
        office=OfficeData(1, "公共法律服务股", "", (), (), "", ""),
        phones=(
            PhoneNumber("0536-1234567转801", "tel:0536-1234567"),
            PhoneNumber("12348", "tel:12348"),
        ),
        place=Markup("青山县城关镇人民路1号政务服务中心一楼<br>\n法律援助窗口"),
        hours=Markup("工作日上午8:30至12:00，下午14:30至17:30"),
        time_limit=Markup("受理后7日内作出决定"),
        fee=Markup("不收费"),
        conditions=(Markup("住在本县，因欠薪、工伤要打官司"), CITED),
        materials=(Markup("身份证"), Markup("经济困难状况说明表"), Markup("欠条")),
        steps=(
            Markup("到窗口或者打电话说明情况"),
            Markup(
                "填表，交材料；材料不齐的，当场告诉您还差什么，补齐以后不用重新排队"
            ),
            Markup("等通知，7日内答复"),
            Markup("和指派的律师见面"),
        ),
        online=WebLink("", "https://zwfw.example.gov.cn/shixiang/1"),
        booking=WebLink("/leave/0123456789abcdef/", ""),
        forms=((Attachment("/media/a.pdf", "申请表", "PDF", 20_000), "申请表"),),
        legal_basis=parts["cited"],
        blocks=parts["body"],
        audiences=("农民工", "老年人"),
        related=parts["cards"],
        **_common(parts, "法律援助申请", "没钱打官司的，可以请政府派的律师，不收费。"),
    )


def _case(parts: dict[str, Any]) -> CaseView:
    return CaseView(
        case_type="mediation",
        case_type_label="人民调解",
        year=2026,
        place="石桥镇",
        meaning=(
            Markup("地界说不清，先找村里的调解员，不收费。"),
            Markup("谈好了就写下来，双方按手印，到法院确认以后和判决一样管用。"),
        ),
        facts=(
            Markup("张某和李某两家的地挨着。"),
            Markup("春耕时为一条田埂吵了起来。"),
        ),
        dispute=(Markup("田埂算谁家的。"),),
        outcome=(Markup("调解员拉尺子量了地，两家各让三尺。"), CITED),
        legal_basis=parts["cited"],
        blocks=parts["body"],
        audiences=("村民",),
        related=parts["cards"],
        **_common(parts, "一条田埂引出的纠纷", "两家为田埂争了三年，调解员半天说和。"),
    )


def _information(parts: dict[str, Any]) -> InformationView:
    leaders = {
        "heading": "局领导",
        "anchor": "s90",
        "people": [
            {
                "name": "某某",
                "post": "党组书记、局长",
                "duties": ["主持全面工作", "分管法治宣传"],
                "photo": parts["picture"],
            },
            {"name": "某某某", "post": "副局长", "duties": [], "photo": None},
        ],
    }
    return InformationView(
        purpose="disclosure_report",
        year=2025,
        blocks=(
            *parts["body"],
            BlockData("leaders", "s90", leaders),
            BlockData("leaders", "s92", {**leaders, "heading": ""}),
            BlockData("offices", "s91", OFFICES),
        ),
        cited=parts["cited"],
        audiences=(),
        updated_at=parts["later"],
        **_common(parts, "机构职能", "县司法局管什么、找谁。"),
    )


def _common(parts: dict[str, Any], heading: str, summary: str) -> dict[str, Any]:
    return {**parts["common"], "heading": heading, "summary": summary}
