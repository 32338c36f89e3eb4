"""Topics and cards that the samples show."""

from __future__ import annotations

from datetime import UTC, datetime

from home.presentation import Card, TopicData

MOMENT = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)  # 09:30 in Shanghai
TOPICS = (
    TopicData(1, "qianxin", "欠薪", "/topics/qianxin/", "老板拖欠工钱怎么办。"),
    TopicData(2, "hunyin", "婚姻家庭", "/topics/hunyin/"),
    TopicData(3, "caili", "彩礼", "/topics/caili/", "", 2),
)


def card(number: int, heading: str, kind: str = "question") -> Card:
    return Card(
        id=number,
        kind=kind,
        kind_label="法律问答",
        path=f"/wenda/q{number}/",
        heading=heading,
        summary="先到县人社局劳动保障监察大队投诉，不收费。",
        published_at=MOMENT,
        parent_id=1,
        source="青山县司法局",
    )


CARDS = (card(1, "老板不给工钱怎么办？"), card(2, "彩礼要不要退？"))
COLUMNS = (card(8, "普法活动", "column"), card(9, "通知公告", "column"))
