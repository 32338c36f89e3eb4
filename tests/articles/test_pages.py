"""Articles and questions: their rules, and what their public text refers to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from articles.models import ArticlePage, QuestionPage
from media.models import PortalDocument
from tests.factories import TwoPortals, stream
from tests.home.pages import CITATION, create, form_errors, picture

pytestmark = pytest.mark.django_db
REPRINT = "转载的文章要同时写明原发布单位和原文日期。"


def published(portals: TwoPortals, model: type = ArticlePage, **values: Any) -> Any:
    values.setdefault("heading_zh_hans", "一篇")
    page = model(**values)
    portals.qingshan.column.add_child(instance=page)
    return fresh(page)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def publish(page: Any, **values: Any) -> None:
    page = fresh(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()


def text(words: str) -> str:
    return stream(("text", f"<p>{words}</p>"))


# --- reprints ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"reprint_source": "法治日报"},
        {"original_date": "2026-03-01"},
        {"reprint_url": "https://www.legaldaily.com.cn/"},
    ],
    ids=["source alone", "date alone", "address alone"],
)
def test_reprint_without_source_and_date_is_refused(
    editor: Client, portals: TwoPortals, values: dict[str, str]
) -> None:
    response = create(editor, ArticlePage, portals.qingshan.column, **values)

    assert response.status_code == 200
    assert REPRINT in form_errors(response)


def test_reprint_with_source_and_date_is_accepted(
    editor: Client, portals: TwoPortals
) -> None:
    response = create(
        editor,
        ArticlePage,
        portals.qingshan.column,
        heading_zh_hans="转载",
        reprint_source="法治日报",
        original_date="2026-03-01",
        reprint_url="https://www.legaldaily.com.cn/1",
    )

    assert response.status_code == 302
    page = ArticlePage.objects.get(heading_zh_hans="转载")
    assert (page.reprint_source, page.original_date) == ("法治日报", date(2026, 3, 1))


# --- questions --------------------------------------------------------------------------


@pytest.mark.parametrize("due", [date(2026, 1, 1), date(2025, 12, 31)])
def test_next_review_is_after_the_last_one(portals: TwoPortals, due: date) -> None:
    page = QuestionPage(
        heading_zh_hans="问题",
        answer_zh_hans="先投诉。",
        legal_basis=stream(("citation", CITATION)),
        reviewed_on=date(2026, 1, 1),
        review_due=due,
    )

    with pytest.raises(ValidationError) as refusal, transaction.atomic():
        portals.qingshan.column.add_child(instance=page)

    assert refusal.value.message_dict == {"review_due": ["下次审核要在审核日期之后。"]}


def test_review_dates_may_be_given_one_by_one(portals: TwoPortals) -> None:
    page = fresh(portals.qingshan.question)

    for values in (
        {"reviewed_on": date(2026, 1, 1), "review_due": None},
        {"reviewed_on": None, "review_due": date(2026, 1, 1)},
        {"reviewed_on": date(2026, 1, 1), "review_due": date(2026, 1, 2)},
    ):
        publish(page, **values)

    assert fresh(page).review_due == date(2026, 1, 2)


def test_question_says_all_that_it_lacks_at_once() -> None:
    problems = QuestionPage(heading_zh_hans="问题").publication_problems()

    assert problems == ["请填写“一句话回答”。", "请至少写一条法律依据。"]


def test_other_wordings_are_read_line_by_line() -> None:
    page = QuestionPage(wordings_zh_hans=" 拖欠工资 \r\n\n干完活不给钱\n")

    assert page.wording_lines("zh-hans") == ("拖欠工资", "干完活不给钱")
    assert page.wording_lines("en") == ()


def test_more_than_three_related_questions_are_refused(portals: TwoPortals) -> None:
    field = QuestionPage._meta.get_field("related")
    four = field.to_python(
        stream(*[("question_link", portals.qingshan.question.pk)] * 4)
    )

    with pytest.raises(ValidationError):
        field.stream_block.clean(four)


# --- what keeps a page from the public ----------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"alt_text_zh_hans": ""}, "没有替代文字"),
        ({"consent": "unclear"}, "肖像还没有弄清楚"),
    ],
)
@pytest.mark.parametrize("place", ["body", "cover", "english body"])
def test_picture_with_problems_keeps_a_page_from_the_public(
    portals: TwoPortals, values: dict[str, str], sentence: str, place: str
) -> None:
    image = picture(portals.qingshan.portal, **values)
    block = stream(("picture", {"image": image.pk, "caption": ""}))
    page = ArticlePage(
        heading_zh_hans="有图",
        **{
            "body": {"body_zh_hans": block},
            "cover": {"cover_id": image.pk},
            "english body": {"body_en": block},
        }[place],
    )

    (problem,) = page.publication_problems()

    assert sentence in problem


def test_deleted_picture_and_file_keep_a_page_from_the_public() -> None:
    page = ArticlePage(
        heading_zh_hans="缺图",
        body_zh_hans=stream(
            ("picture", {"image": 4711}), ("attachment", {"document": 4711})
        ),
    )

    assert page.publication_problems() == [
        "正文里有一个图片已被删除，请重新选择。",
        "正文里有一个附件已被删除，请重新选择。",
    ]


def test_file_named_like_a_file_keeps_a_page_from_the_public() -> None:
    document = PortalDocument(title="申请表.pdf", file="documents/none.pdf")
    PortalDocument.objects.bulk_create([document])
    pk = PortalDocument.objects.latest("pk").pk
    page = ArticlePage(body_zh_hans=stream(("attachment", {"document": pk})))

    (problem,) = page.publication_problems()

    assert "不带扩展名" in problem
