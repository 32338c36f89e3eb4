"""Official documents: what they must have, their numbers, their validity."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.models import IndexNumber, IndexNumberPattern, PolicyDocumentPage
from articles.policy.search import record_lapses
from home.models import Change
from home.publication import PublicationError
from tests.factories import PortalFixture, TwoPortals
from tests.policy_factories import PolicyDocumentPageFactory

pytestmark = pytest.mark.django_db
TODAY = "2026-05-06 10:00:00+08:00"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


def make(parent: Any, **values: Any) -> PolicyDocumentPage:
    page: PolicyDocumentPage = PolicyDocumentPageFactory(parent=parent, **values)
    return page


def draft(parent: Any, **values: Any) -> PolicyDocumentPage:
    return make(parent, live=False, first_published_at=None, **values)


# --- publication ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"summary_zh_hans": ""}, "请填写内容概述。"),
        ({"subject_class": ""}, "请选择主题分类。"),
        ({"written_on": None}, "请填写成文日期。"),
        ({"secrecy_reviewer": " "}, "请先做保密审查"),
        ({"secrecy_reviewed_on": None}, "请先做保密审查"),
        ({"disclosure": "none"}, "“不予公开”的文件不能发布"),
    ],
)
def test_document_that_lacks_one_thing_is_not_published(
    portals: TwoPortals, values: dict[str, Any], words: str
) -> None:
    page = draft(portals.qingshan.column, **values)
    problems = page.publication_problems()
    assert len(problems) == 1
    assert words in problems[0]
    with pytest.raises(PublicationError):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    assert page.index_number == ""


def test_complete_document_has_no_problems(portals: TwoPortals) -> None:
    assert draft(portals.qingshan.column).publication_problems() == []


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"document_number": "三号文"}, "document_number", "发文字号要写成"),
        ({"issued_on": date(2026, 4, 19)}, "issued_on", "不能早于成文日期"),
        ({"summary_zh_hans": "字" * 101}, "summary_zh_hans", "不超过 100 字"),
        ({"secrecy_reviewed_on": date(2026, 5, 7)}, "secrecy_reviewed_on", "晚于今天"),
    ],
)
def test_wrong_value_is_refused_in_plain_words(
    portals: TwoPortals, values: dict[str, Any], field: str, words: str
) -> None:
    page = draft(portals.qingshan.column)
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert words in "".join(refused.value.message_dict[field])


def test_document_number_is_stored_with_its_brackets(portals: TwoPortals) -> None:
    page = make(portals.qingshan.column, document_number="青司发[2026]03号")
    page.refresh_from_db()
    assert page.document_number == "青司发〔2026〕3号"


def test_document_does_not_replace_itself_and_a_replaced_one_is_not_valid(
    portals: TwoPortals,
) -> None:
    old, new = make(portals.qingshan.column), make(portals.qingshan.column)
    old.replaced_by = old
    with pytest.raises(ValidationError, match="不能代替它自己"):
        old.full_clean()
    old.replaced_by = new
    with pytest.raises(ValidationError, match="请选“废止”“失效”或者“已修改”"):
        old.full_clean()
    old.validity = "repealed"
    old.full_clean()


# --- index numbers ----------------------------------------------------------------------


def test_number_is_proposed_at_publication_by_the_portals_own_series(
    portals: TwoPortals,
) -> None:
    page = draft(portals.qingshan.column)
    assert page.index_number == ""
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.index_number == "000002/2026-00001"
    assert make(portals.qingshan.column).index_number == "000002/2026-00002"
    assert make(portals.baihe.column).index_number == "000003/2026-00001"


def test_pattern_of_the_portal_is_followed(portals: TwoPortals) -> None:
    IndexNumberPattern.objects.create(
        site=portals.qingshan.portal.site,
        unit_code="640323008",
        pattern="{机构}-{分类}-{年}{月}{日}-{序号}",
        serial_width=3,
    )
    assert make(portals.qingshan.column).index_number == "640323008-16-20260420-001"
    other_day = make(portals.qingshan.column, written_on=date(2026, 4, 21))
    assert other_day.index_number == "640323008-16-20260421-001"
    assert make(portals.baihe.column).index_number == "000003/2026-00001"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"pattern": "{机构}/{年}"}, "要有一个 {序号}"),
        ({"pattern": "{机构}/{序号}{序号}"}, "要有一个 {序号}"),
        ({"pattern": "{单位}/{序号}"}, "花括号里只能写"),
        ({"unit_code": "640-323"}, "机构代码只有数字和字母"),
        ({"serial_width": 0}, "1"),
    ],
)
def test_pattern_that_cannot_work_is_refused(
    portals: TwoPortals, values: dict[str, Any], words: str
) -> None:
    pattern = IndexNumberPattern(site=portals.qingshan.portal.site, **values)
    with pytest.raises(ValidationError, match=words):
        pattern.full_clean()


def test_pattern_belongs_to_the_administrator_of_its_county(
    portals: TwoPortals,
) -> None:
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.admin)

    def address(fixture: PortalFixture) -> str:
        names = ["articles", "indexnumberpattern", fixture.portal.site_id]
        return reverse("wagtailsettings:edit", args=names)

    values = {"unit_code": "640323008", "pattern": "{机构}-{序号}", "serial_width": "4"}
    assert client.post(address(portals.qingshan), values).status_code == 302
    client.post(address(portals.baihe), values)
    assert IndexNumberPattern.objects.get().site == portals.qingshan.portal.site
    assert make(portals.qingshan.column).index_number == "640323008-0001"
    client.force_login(portals.qingshan.editor)
    client.post(address(portals.qingshan), {**values, "unit_code": "1"})
    assert IndexNumberPattern.objects.get().unit_code == "640323008"


def test_typed_number_is_kept_and_the_series_steps_over_it(portals: TwoPortals) -> None:
    imported = make(portals.qingshan.column, index_number="000002/2026-00001")
    assert imported.index_number == "000002/2026-00001"
    assert make(portals.qingshan.column).index_number == "000002/2026-00002"


def test_number_of_another_document_is_refused_in_this_portal_only(
    portals: TwoPortals,
) -> None:
    number = make(portals.qingshan.column, heading_zh_hans="甲").index_number
    page = draft(portals.qingshan.column)
    page.index_number = number
    with pytest.raises(ValidationError, match="已经给了“甲”，不能重复使用"):
        page.full_clean()
    assert make(portals.baihe.column, index_number=number).index_number == number


def test_number_of_a_deleted_document_is_never_given_again(portals: TwoPortals) -> None:
    gone = make(portals.qingshan.column)
    number = gone.index_number
    gone.delete()
    assert IndexNumber.objects.get(number=number).page is None
    assert make(portals.qingshan.column).index_number != number
    with pytest.raises(ValidationError, match="不能重复使用"):
        make(portals.qingshan.column, index_number=number)


def test_who_loses_a_race_for_a_number_is_told_in_a_sentence(
    portals: TwoPortals,
) -> None:
    """Both checked before either had stored it."""
    first, second = make(portals.qingshan.column), make(portals.qingshan.column)
    IndexNumber.objects.filter(page=second).delete()
    portal = portals.qingshan.portal
    with pytest.raises(PublicationError, match="不能重复使用"):
        IndexNumber.give(portal, first.index_number, second.pk, second.title)


def test_published_number_changes_in_no_way(portals: TwoPortals) -> None:
    page = make(portals.qingshan.column)
    number = page.index_number
    page.index_number = "000002/2026-99999"
    with pytest.raises(ValidationError, match="公开过，不能再改"):
        page.full_clean()
    with pytest.raises(PublicationError, match="公开过，不能再改"):
        page.save(clean=False)
    page.refresh_from_db()
    page.unpublish()
    page.refresh_from_db()
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.index_number == number


def test_draft_from_before_the_first_publication_keeps_the_number(
    portals: TwoPortals,
) -> None:
    """A revision saved as a draft knew no number; its publication must not make one."""
    page = draft(portals.qingshan.column)
    early = page.save_revision()
    early.publish()
    page.refresh_from_db()
    number = page.index_number
    early.refresh_from_db()
    early.publish()
    page.refresh_from_db()
    assert page.index_number == number
    assert IndexNumber.objects.filter(page=page).count() == 1


def test_publication_that_is_refused_takes_no_number(portals: TwoPortals) -> None:
    page = draft(portals.qingshan.column, summary_zh_hans="")
    page.live = True
    with pytest.raises(PublicationError):
        page.save()
    assert page.index_number == ""
    assert not IndexNumber.objects.exists()
    assert make(portals.qingshan.column).index_number == "000002/2026-00001"


def test_copy_gets_a_number_and_a_review_of_its_own(portals: TwoPortals) -> None:
    page = make(portals.qingshan.column, document_number="〔2026〕1号")
    page.save_revision()
    copy = page.copy(update_attrs={"slug": "fuben"}, keep_live=False)
    copy = PolicyDocumentPage.objects.get(pk=copy.pk)
    for name in ("index_number", "document_number", "secrecy_reviewer"):
        assert getattr(copy, name) == "", name
    assert copy.secrecy_reviewed_on is None
    latest = copy.get_latest_revision_as_object()
    assert latest.index_number == ""


# --- validity ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("validity", "valid_until", "expected"),
    [
        ("valid", None, "valid"),
        ("valid", date(2026, 5, 6), "valid"),  # the last day counts
        ("valid", date(2026, 5, 5), "expired"),
        ("amended", date(2026, 5, 5), "expired"),
        ("repealed", date(2026, 5, 5), "repealed"),
        ("repealed", date(2027, 1, 1), "repealed"),
    ],
)
def test_document_lapses_after_its_last_day(
    validity: str, valid_until: date | None, expected: str
) -> None:
    page = PolicyDocumentPage(validity=validity, valid_until=valid_until)
    assert page.standing(date(2026, 5, 6)) == expected


def test_lapse_is_recorded_once_and_again_after_it_was_prolonged(
    portals: TwoPortals,
) -> None:
    page = make(portals.qingshan.column, valid_until=date(2026, 5, 6))
    assert record_lapses() == []
    with time_machine.travel("2026-05-07 09:00:00+08:00", tick=False):
        before = Change.objects.count()
        assert record_lapses() == ["1 份公文过了有效期"]
        assert Change.objects.count() == before + 1
        assert Change.objects.latest("number").key == str(page.pk)
        assert record_lapses() == []
        page.refresh_from_db()
        page.valid_until = date(2026, 5, 8)
        page.save()
    with time_machine.travel("2026-05-09 09:00:00+08:00", tick=False):
        assert record_lapses() == ["1 份公文过了有效期"]


# --- search -----------------------------------------------------------------------------


def test_search_finds_the_numbers_and_puts_what_is_over_below(
    portals: TwoPortals,
) -> None:
    page = make(
        portals.qingshan.column,
        heading_zh_hans="通知",
        document_number="青司发〔2026〕3号",
    )
    (entry,) = page.search_entries()
    assert entry.alternatives == ("青司发〔2026〕3号", page.index_number)
    assert (entry.title, entry.boost) == ("通知", 1.0)
    page.validity = "repealed"
    page.save()
    (entry,) = page.search_entries()
    assert entry.title == "【废止】通知"
    assert entry.boost < 1
