"""Two counties that review in three stages, with people for each."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from home.models import Portal
from home.review.models import ReviewPolicy, ReviewWay, Stage
from home.review.setting_up import apply
from tests.factories import PortalFixture, TwoPortals, UserFactory, make_two_portals

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

STAGE_PEOPLE = {
    Stage.DEPARTMENT: "department",
    Stage.OFFICE: "office",
    Stage.LEADER: "leader",
}


def in_three_stages(portal: Portal) -> ReviewWay:
    """With one person named for each stage: ``qingshan-department`` …"""
    ReviewPolicy.objects.filter(portal=portal).update(
        least_stages=1, may_publish_directly=False
    )
    way = ReviewWay.objects.get(portal=portal)
    way.stages, way.is_direct = 3, False
    way.save()
    apply(way)
    group = portal.roles.get(role="reviewer").group
    slug = portal.host.split(".")[0]
    for task in way.stage_tasks.all():
        name = STAGE_PEOPLE[Stage(task.level)]
        person = UserFactory(username=f"{slug}-{name}", first_name=f"{slug}{name}")
        person.groups.add(group)
        task.reviewers.add(person)
    return way


def reviewers_of(fixture: PortalFixture) -> dict[str, Any]:
    way = ReviewWay.objects.get(portal=fixture.portal, page=fixture.home)
    return {
        STAGE_PEOPLE[Stage(task.level)]: task.reviewers.get()
        for task in way.stage_tasks.all()
    }


@pytest.fixture(scope="package")
def built(
    django_db_setup: object, django_db_blocker: DjangoDbBlocker
) -> Iterator[TwoPortals]:
    """Made once; what a test changes is undone around it."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = make_two_portals()
        for fixture in found:
            in_three_stages(fixture.portal)
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def portals(built: TwoPortals, db: None) -> TwoPortals:
    return copy.deepcopy(built)
