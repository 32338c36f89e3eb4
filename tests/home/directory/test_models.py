"""What may be stored and what may be published."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from home.models import DirectoryWords, LegalWorker, PlacePage, ServicePointPage
from tests.directory_factories import PlacePageFactory, ServicePointPageFactory
from tests.factories import RegionFactory
from tests.home.directory.conftest import TwoServed


def fresh(served: TwoServed) -> ServicePointPage:
    return ServicePointPage.objects.get(pk=served.qingshan.point.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hours": "周一 八点"}, "hours"),
        ({"phone": "王主任"}, "phone"),
        ({"latitude": "102.71", "longitude": "25.04"}, "latitude"),
        ({"confirmed_on": date(2026, 5, 21)}, "confirmed_on"),
        ({"township": None, "village": "own"}, "township"),
        ({"village": "other"}, "village"),
    ],
)
def test_wrong_facts_of_a_point_are_refused(
    served: TwoServed, changes: dict[str, Any], field: str
) -> None:
    point = fresh(served)
    villages = {
        "own": served.qingshan.village,
        "other": RegionFactory(code="000002002001"),
    }
    for name, value in changes.items():
        setattr(point, name, villages.get(value, value) if name == "village" else value)
    with pytest.raises(ValidationError) as refused:
        point.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_hours_are_stored_in_one_form(served: TwoServed) -> None:
    point = fresh(served)
    point.hours = "工作日 8:30—12:00"
    point.full_clean()
    assert point.hours == "周一至周五 8:30-12:00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"address_zh_hans": ""}, "地址"),
        ({"township": None}, "乡镇"),
        ({"hours": "", "phone": ""}, "办公时间和电话"),
        ({"level": "nichts"}, "类别"),
    ],
)
def test_point_without_what_people_need_is_not_published(
    served: TwoServed, changes: dict[str, Any], words: str
) -> None:
    point = fresh(served)
    assert point.publication_problems() == []
    for name, value in changes.items():
        setattr(point, name, value)
    (problem,) = point.publication_problems()
    assert words in problem


def test_old_facts_are_pointed_out_to_editors_but_refuse_nothing(
    served: TwoServed,
) -> None:
    point = fresh(served)
    assert not any("核对" in hint for hint in point.own_hints())
    point.confirmed_on = date(2025, 5, 20)
    assert any("核对" in hint for hint in point.own_hints())
    assert point.publication_problems() == []


def test_own_level_of_one_portal_is_no_level_of_another(served: TwoServed) -> None:
    DirectoryWords.objects.create(
        site=served.qingshan.portal.site, levels_zh_hans="法治驿站"
    )
    for county, problems in ((served.qingshan, 0), (served.baihe, 1)):
        point = ServicePointPage.objects.get(pk=county.point.pk)
        point.level = "法治驿站"
        assert len(point.publication_problems()) == problems


def test_words_that_rename_nothing_are_refused(served: TwoServed) -> None:
    words = DirectoryWords(site=served.qingshan.portal.site, levels_zh_hans="甲=乙")
    with pytest.raises(ValidationError) as refused:
        words.full_clean()
    assert "levels_zh_hans" in refused.value.message_dict


def test_model_village_wants_its_year(served: TwoServed) -> None:
    place: PlacePage = PlacePageFactory.build(
        township=served.qingshan.township, named_year=None
    )
    assert any("年份" in problem for problem in place.publication_problems())
    place.named_year = 2027
    with pytest.raises(ValidationError):
        place.clean()


def test_point_is_listed_with_services_and_township_in_the_index(
    served: TwoServed,
) -> None:
    point = fresh(served)
    point.village = served.qingshan.village
    (entry,) = point.search_entries()
    assert "石桥镇人民调解" in entry.alternatives
    assert "杏花村" in entry.context
    assert "值班律师" in entry.body


def test_draft_has_no_entry_in_the_index(served: TwoServed) -> None:
    draft = ServicePointPageFactory(
        parent=served.qingshan.points, township=served.qingshan.township, live=False
    )
    assert draft.search_entries() == []


# --- people --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent_until": None}, "consent_until"),
        ({"consent_on": None}, "consent_on"),
        ({"consent_on": date(2026, 5, 21)}, "consent_on"),
        ({"consent_until": date(2025, 12, 31)}, "consent_until"),
        ({"township": None}, "township"),
        ({"villages": ["000003001001"]}, "villages"),
        ({"phone": "打我手机"}, "phone"),
    ],
)
def test_wrong_facts_of_a_person_are_refused(
    served: TwoServed, changes: dict[str, Any], field: str
) -> None:
    person = LegalWorker.objects.get(pk=served.qingshan.mediator.pk)
    for name, value in changes.items():
        setattr(person, name, value)
    with pytest.raises(ValidationError) as refused:
        person.full_clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize(
    ("consent_on", "consent_until", "public"),
    [
        (date(2026, 5, 20), date(2026, 5, 20), True),
        (date(2026, 5, 1), date(2026, 5, 19), False),
        (None, None, False),
    ],
)
def test_person_is_public_from_consent_to_its_last_day(
    consent_on: date | None, consent_until: date | None, public: bool
) -> None:
    person = LegalWorker(consent_on=consent_on, consent_until=consent_until)
    assert person.is_public(date(2026, 5, 20)) is public


def test_list_of_people_says_whose_consent_has_ended() -> None:
    ended = LegalWorker(consent_on=date(2025, 1, 1), consent_until=date(2026, 5, 19))
    soon = LegalWorker(consent_on=date(2025, 6, 1), consent_until=date(2026, 5, 31))
    assert ended.consent_state() == "已到期，不公开"
    assert soon.consent_state() == "快到期"
    assert LegalWorker().consent_state() == "没有同意书，不公开"
