"""The search page in each of its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from home.directory.presentation import OpeningHours, PointLine
from home.phones import phone_numbers
from home.presentation import Card, CitedProvision
from search.presentation import AnswerView, CorrectionView, HelpView, SearchView


def search_views(
    found: SearchView, cards: tuple[Card, ...], provisions: tuple[CitedProvision, ...]
) -> dict[str, SearchView]:
    """By name; ``found`` is a page of results with every facet."""
    answer = AnswerView(
        card=cards[0],
        answer=Markup("先打<a href='tel:12333'>12333</a>投诉，不收费。"),
        whom=Markup("<p>县人社局劳动监察，电话12333。</p>"),
        legal_basis=provisions,
        needs_check=False,
        reviewed_on=date(2026, 3, 1),
        wording="",
    )
    corrected = CorrectionView("欠薪", "qianxin", True, "/search/?q=qianxin&exact=1")
    nothing = replace(
        found,
        hits=(),
        total=0,
        kinds=(),
        topics=(),
        years=(),
        page=1,
        next_href="",
        previous_href="",
        scope="portal",
    )
    help_ = HelpView((_point(cards[0]),), (), 3, "/search/?q=a&scope=all")
    near = HelpView(shorter=(("工钱", "/search/?q=a"), ("指南", "/search/?q=b")))
    return {
        "search": found,
        "search recommended": replace(
            found, hits=(replace(found.hits[0], is_pinned=True),)
        ),
        "search answer": replace(found, answer=answer, page=1, previous_href=""),
        "search answer to check": replace(
            found, answer=replace(answer, needs_check=True, whom=Markup("")), hits=()
        ),
        "search corrected": replace(
            found, query="qianxin", searched="欠薪", correction=corrected
        ),
        "search did you mean": replace(
            found, correction=replace(corrected, is_applied=False)
        ),
        "search near": replace(
            found,
            is_relaxed=True,
            help=replace(near, elsewhere=2, elsewhere_href="/s/"),
        ),
        "no hits": replace(nothing, help=help_),
        "no hits, filtered": replace(nothing, kinds=found.kinds, help=HelpView()),
        "no query": replace(nothing, query="", scope_links=()),
    }


def _point(card: Card) -> PointLine:
    return PointLine(
        card=replace(card, kind="point", heading="青山县公共法律服务中心"),
        level="公共法律服务中心",
        address="县政务服务大厅一楼",
        village="",
        hours=OpeningHours(note="逢集日中午不休息"),
        hours_summary="周一至周五 8:30–12:00",
        phones=phone_numbers("0000-1234802"),
        services=("值班律师", "法律咨询"),
        has_accessible_entrance=True,
    )
