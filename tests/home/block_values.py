"""Stored values of every block, and what must be readable of them."""

from __future__ import annotations

from typing import Any

from home.models import Portal
from media.models import PortalDocument
from tests.factories import PortalFixture, make_portal
from tests.home.front_pages import make_front_pages
from tests.home.pages import CITATION
from tests.media.factories import PortalImageFactory


def item(value: Any) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": "0"}


def make_things(own: PortalFixture) -> dict[str, int]:
    """What the values refer to."""
    files = {
        name: PortalDocument(
            title=title, file=f"documents/none.{name}", collection=own.portal.collection
        )
        for name, title in (("pdf", "申请表"), ("mp4", "宣讲"), ("vtt", "宣讲字幕"))
    }
    PortalDocument.objects.bulk_create(files.values())
    make_portal(
        "shanxia", "山下乡", "000009", parent=Portal.objects.get(pk=own.portal.pk)
    )
    return {
        "image": PortalImageFactory(
            collection=Portal.objects.get(pk=own.portal.pk).collection,
            with_renditions=True,
        ).pk,
        "document": files["pdf"].pk,
        "video": files["mp4"].pk,
        "captions": files["vtt"].pk,
        "article": own.article.pk,
        "question": own.question.pk,
        "column": own.column.pk,
        **make_front_pages(own),
    }


def least(ids: dict[str, int]) -> dict[str, Any]:
    """Stored values with nothing that may be left out, and what must be readable."""
    return {
        "text": ("<p>正文</p>", "正文"),
        "heading": ({"text": "小标题"}, "小标题"),
        "picture": ({"image": ids["image"]}, "调解员在院坝里听两户村民说话"),
        "gallery": (
            {"pictures": [item({"image": ids["image"]})] * 2},
            "调解员在院坝里听两户村民说话",
        ),
        "attachment": ({"document": ids["document"]}, "申请表"),
        "video": (
            {"title": "宣讲", "video": ids["video"], "transcript": "先投诉。"},
            "先投诉。",
        ),
        "contact": ({"name": "法律援助中心", "phone": "12348"}, "tel:12348"),
        "quote": ({"text": "引文"}, "引文"),
        "table": ({"data": [["格子", None]]}, "格子"),
        "alert": ({"text": "<p>当心</p>"}, "当心"),
        "notice": ({"text": "通知"}, "通知"),
        "top_tasks": (
            {"items": [item({"label": "讨薪", "phone": "12348"})]},
            "tel:12348",
        ),
        "latest": ({"heading": "最新", "column": ids["column"]}, "讨薪成功"),
        "questions_by_topic": (
            {"heading": "按主题", "topics": [item("qianxin")]},
            "老板不给工钱",
        ),
        "campaign": ({}, "宣传月"),
        "guides": ({"heading": "指南", "guides": []}, "法律援助申请"),
        "cases": ({"heading": "案例"}, "包工头跑了"),
        "documents": ({"heading": "公文"}, "欠薪通知"),
        "service_points": (
            {"heading": "服务点", "directory": ids["directory"]},
            "tel:00001234801",
        ),
        "counties": ({"heading": "各乡"}, "山下乡"),
        "links": (
            {
                "heading": "网站",
                "items": [item({"label": "司法部", "url": "http://www.moj.gov.cn/"})],
            },
            "http://www.moj.gov.cn/",
        ),
        "citation": (CITATION, "第一千零四十六条"),
        "question_link": (ids["question"], "老板不给工钱"),
    }


def everything(ids: dict[str, int]) -> dict[str, Any]:
    """Stored values with every field filled, and all that must be readable of them."""
    task = {
        "label": "讨薪",
        "hint": "怎么办",
        "icon": "wage",
        "page": ids["question"],
        "topic": "",
        "place": "",
        "phone": "",
    }
    link = f'<p>见<a linktype="page" id="{ids["article"]}">那一篇</a></p>'
    return {
        "text": (f"{link}<ul><li><b>一</b></li></ul>", ["/dongtai/zhengqian/", "<b>"]),
        "heading": ({"text": "小标题", "level": "h2"}, ["<h2", "小标题"]),
        "picture": (
            {"image": ids["image"], "caption": "现场"},
            ['alt="调解员', "<figcaption>", "现场"],
        ),
        "attachment": (
            {"document": ids["document"], "title": "法律援助申请表"},
            ["法律援助申请表"],
        ),
        "gallery": (
            {
                "heading": "赶集日",
                "pictures": [
                    item({"image": ids["image"], "caption": "摆摊"}),
                    item({"image": ids["image"], "caption": "问话"}),
                ],
            },
            ["赶集日", "摆摊", "问话", 'alt="调解员', "data-large"],
        ),
        "video": (
            {
                "title": "一分钟看懂",
                "video": ids["video"],
                "poster": ids["image"],
                "captions": ids["captions"],
                "transcript": "先投诉，\n再仲裁。",
            },
            [
                "一分钟看懂",
                'type="video/mp4"',
                'preload="none"',
                'poster="',
                '<track kind="captions"',
                "再仲裁。",
                "MP4 文件",
            ],
        ),
        "contact": (
            {
                "name": "法律援助中心",
                "phone": "0000-1234801、12348",
                "address": "演示路1号",
                "hours": "周一至周五",
                "note": "带身份证",
            },
            ["tel:00001234801", "tel:12348", "演示路1号", "周一至周五", "带身份证"],
        ),
        "quote": ({"text": "一句\n两句", "source": "村规民约"}, ["<br>", "村规民约"]),
        "table": (
            {
                "data": [["事项", "哪里"], ["讨薪", "大队"]],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_caption": "找谁",
            },
            ['<th scope="col">事项', '<th scope="row">讨薪', "<caption>找谁"],
        ),
        "alert": ({"kind": "deadline", "text": "<p>一年</p>"}, ["期限", "一年"]),
        "notice": (
            {"text": "通知", "page": ids["article"]},
            ["通知", "/dongtai/zhengqian/"],
        ),
        "top_tasks": (
            {
                "items": [
                    item(task),
                    item({**task, "page": None, "topic": "qianxin"}),
                    item({**task, "page": None, "place": "/laws/"}),
                    item({**task, "page": None, "phone": "12348"}),
                ]
            },
            ["/dongtai/laoban/", "/topics/qianxin/", "/laws/", "tel:12348", "怎么办"],
        ),
        "latest": (
            {"heading": "最新", "column": ids["column"], "count": 1},
            ["最新", "/dongtai/"],
        ),
        "questions_by_topic": (
            {"heading": "按主题", "topics": [item("qianxin")], "count": 1},
            ["按主题", "欠薪", "/dongtai/laoban/"],
        ),
        "campaign": (
            {"page": ids["campaign"]},
            [
                "宣传月",
                "美好生活",
                "正在开展",
                "现在是整体推进阶段",
                "还有 19 天结束",
                "赶集日",
                "石桥镇集市口",
            ],
        ),
        "guides": (
            {"heading": "指南", "guides": [item(ids["guide"])], "count": 3},
            ["指南", "法律援助申请"],
        ),
        "cases": (
            {"heading": "案例", "topic": "", "count": 2},
            ["案例", "人民调解", "2025", "石桥镇", "包工头跑了"],
        ),
        "documents": (
            {"heading": "公文", "count": 2},
            ["公文", "青司发〔2026〕3号", "有效"],
        ),
        "service_points": (
            {"heading": "找人", "directory": ids["directory"]},
            [
                "找人",
                "全部服务点（3）",
                "zhongxin",
                "演示路1号",
                "云雾乡",
                "gongzuozhan",
                "另有 1 处",
                "fuwudian/#x000002002",
            ],
        ),
        "counties": ({"heading": "各乡"}, ["各乡", "山下乡"]),
        "links": (
            {
                "heading": "网站",
                "items": [item({"label": "外站", "url": "https://example.com/"})],
            },
            ["网站", "外站", "/leave/"],
        ),
        "citation": (f"{CITATION}第一款", ["第一千零四十六条"]),
        "question_link": (ids["question"], ["/dongtai/laoban/"]),
    }
