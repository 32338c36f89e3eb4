"""Citations as data: stored at save, checked when typed, read for "cited by"."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from home.models import Portal
from statutes.blocks import CitationBlock
from statutes.citing import cited_by, cited_places, store_citations
from statutes.models import Citation
from tests.statutes.conftest import law_file, run_import

pytestmark = pytest.mark.django_db


def test_citations_of_a_page_are_stored_in_order_with_their_roles(
    county: Portal,
) -> None:
    page = county.site.root_page
    count = store_citations(
        page,
        "zh-hans",
        [
            ("basis", "《民法典》第一千零四十六条第二款、第一千零四十七条"),
            (
                "text",
                "又见《刑法》第一百三十三条之一，再见《刑法》第一百三十三条之一。",
            ),
        ],
    )

    assert count == 3
    rows = Citation.objects.filter(page=page).values_list(
        "role", "slug", "number", "suffix", "paragraph"
    )
    assert list(rows) == [
        ("basis", "minfadian", 1046, 0, 2),
        ("basis", "minfadian", 1047, 0, 0),
        ("text", "xingfa", 133, 1, 0),
    ]


def test_storing_the_same_again_writes_nothing(
    county: Portal, django_assert_num_queries: Any
) -> None:
    page, texts = county.site.root_page, [("text", "《民法典》第一条")]
    store_citations(page, "zh-hans", texts)
    keys = list(Citation.objects.values_list("pk", flat=True))

    store_citations(page, "zh-hans", texts)

    assert list(Citation.objects.values_list("pk", flat=True)) == keys


def test_storing_replaces_one_language_only(county: Portal) -> None:
    page = county.site.root_page
    store_citations(page, "zh-hans", [("text", "《民法典》第一条")])
    store_citations(page, "en", [("text", "《民法典》第二条")])

    store_citations(page, "zh-hans", [("text", "没有引用")])

    assert list(Citation.objects.values_list("language", "number")) == [("en", 2)]


def test_unknown_role_is_refused(county: Portal) -> None:
    with pytest.raises(ValueError, match="not a role"):
        store_citations(county.site.root_page, "zh-hans", [("footnote", "《民法典》")])


def test_citing_pages_are_found_by_provision(
    county: Portal, stranger: Portal, django_assert_num_queries: Any
) -> None:
    own, foreign = county.site.root_page, stranger.site.root_page
    store_citations(own, "zh-hans", [("text", "《民法典》第十条至第十二条")])
    store_citations(foreign, "zh-hans", [("text", "《民法典》第十条")])

    with django_assert_num_queries(1):
        places = cited_places(Citation.objects.all())

    assert cited_by(places) == {
        (0, 0): (own.pk, foreign.pk),
        (10, 0): (own.pk, foreign.pk),
        (11, 0): (own.pk,),
        (12, 0): (own.pk,),
    }


@pytest.fixture
def law(db: None) -> None:
    run_import(
        [
            law_file(
                "中华人民共和国梯田法",
                "第一条 甲：\n\n（一）乙；\n\n（二）丙。\n\n第二条 丁。\n\n第二条之一 戊。",
            )
        ]
    )


@pytest.mark.parametrize(
    "text",
    [
        "《民法典》第一千零四十六条",
        "《刑法》第一百三十三条之一第一款",
        "《梯田法》第一条第二项",
        "《梯田法》第二条之一",
        "《梯田法》第一条至第二条",
        "《民法典》第一条、《梯田法》第二条",
        # Changed since the text that we hold: nothing here can refuse it.
        "《治安管理处罚法》第一百四十条",
    ],
)
def test_citation_that_exists_is_accepted(law: None, text: str) -> None:
    assert CitationBlock().clean(text) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("结婚的规定", "看不懂这条引用"),
        ("《没有的法》第一条", "看不懂这条引用"),
        ("《民法典》", "请写明《中华人民共和国民法典》的第几条。"),
        (
            "《民法典》第一千二百六十一条",
            "《中华人民共和国民法典》没有第一千二百六十一条。",
        ),
        (
            "《刑法》第一百三十三条之九",
            "《中华人民共和国刑法》没有第一百三十三条之九。",
        ),
        ("《梯田法》第三条", "《中华人民共和国梯田法》没有第三条。"),
        ("《梯田法》第一条至第九条", "《中华人民共和国梯田法》没有第九条。"),
        (
            "《梯田法》第一条第三项",
            "《中华人民共和国梯田法》没有第一条第三项：第一条里找不到这一款、项。",
        ),
        (
            "《民法典》第一条以及《乱写法》第二条",
            "引用中有看不懂的部分：“《乱写法》第二条”。",
        ),
    ],
)
def test_citation_that_does_not_exist_is_refused_in_clear_words(
    law: None, text: str, message: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        CitationBlock().clean(text)

    assert any(message in line for line in caught.value.messages)


def test_empty_optional_citation_is_accepted() -> None:
    assert CitationBlock(required=False).clean("") == ""
