"""Days are working days; who is asked, and who hears the answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.models import PortalRole
from home.review import reminders
from home.review.models import ReviewWay
from tests.factories import TwoPortals, UserFactory
from tests.home.admin_asking import logged_in, text_of
from tests.home.review.conftest import reviewers_of
from tests.home.review.trips import decide, draft, submit

pytestmark = pytest.mark.django_db


def test_days_are_working_days_and_late_texts_come_first(portals: TwoPortals) -> None:
    county = portals.qingshan
    person = reviewers_of(county)["department"]
    with time_machine.travel(datetime(2026, 9, 30, 2, 0, tzinfo=UTC), tick=False):
        submit(draft(county, slug="old"), county.author)
    state = TaskState.objects.get().specific
    # 1 to 7 October are free, 10 October is worked in exchange.
    assert state.due_on.isoformat() == "2026-10-09"
    with time_machine.travel(datetime(2026, 10, 12, 2, 0, tzinfo=UTC), tick=False):
        submit(draft(county, slug="new"), county.author)
        html = text_of(logged_in(person).get(reverse("review:desk")))

    assert html.index("10月9日") < html.index("10月14日")
    assert html.count("已超期") == 1


def test_reviewers_get_a_letter_and_a_reminder_once_a_day(portals: TwoPortals) -> None:
    county = portals.qingshan
    person = reviewers_of(county)["department"]
    with time_machine.travel(datetime(2026, 11, 2, 2, 0, tzinfo=UTC)) as clock:
        submit(draft(county), county.author)
        assert [one.to for one in mail.outbox] == [[person.email]]
        assert f"{county.marker}新稿" in mail.outbox[0].subject
        assert "2026年11月4日" in mail.outbox[0].body
        mail.outbox.clear()
        assert reminders.remind() == []
        clock.move_to(datetime(2026, 11, 4, 2, 0, tzinfo=UTC))
        assert reminders.remind() and reminders.remind() == []
        assert "今天到期" in mail.outbox[0].subject
        clock.move_to(datetime(2026, 11, 5, 2, 0, tzinfo=UTC))
        assert reminders.remind()
        assert "超期" in mail.outbox[1].subject
        clock.move_to(datetime(2026, 11, 7, 2, 0, tzinfo=UTC))  # a Saturday
        assert reminders.remind() == []
    assert len(mail.outbox) == 2


def test_author_is_told_of_the_answer(portals: TwoPortals) -> None:
    county = portals.qingshan
    page = draft(county)
    submit(page, county.author)
    mail.outbox.clear()
    decide(page, reviewers_of(county)["department"], "reject", "第二段没有依据。")

    letter = mail.outbox[0]
    assert letter.to == [county.author.email]
    assert "第二段没有依据。" in letter.body
    assert "http" in letter.body


def test_without_a_mail_server_nothing_is_sent(
    portals: TwoPortals, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    county = portals.qingshan

    submit(draft(county), county.author)
    assert mail.outbox == []


def test_people_without_a_name_on_the_list_decide_by_their_role(
    portals: TwoPortals,
) -> None:
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    for task in way.stage_tasks.all():
        task.reviewers.clear()
    second = make_user_again(county, PortalRole.Role.EDITOR)
    page = draft(county)
    submit(page, county.author)

    for person in (county.editor, second, county.admin):
        decide(page, person)
    assert Page.objects.get(pk=page.pk).live


def make_user_again(county: Any, role: PortalRole.Role) -> Any:
    person = UserFactory()
    person.groups.add(county.portal.roles.get(role=role).group)
    return person
