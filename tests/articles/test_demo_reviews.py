"""The demo's people show a whole review; the portal beside them publishes directly."""

from __future__ import annotations

import pytest

from articles.demo.people import username_of
from articles.demo.reviews import WHO, arrange
from home.models import PortalRole
from home.review.models import ReviewSheet, ReviewWay, Stage
from tests.factories import TwoPortals
from tests.home.review.trips import approve_all, draft, submit

pytestmark = pytest.mark.django_db


def test_four_people_of_the_demo_take_a_text_to_the_public(
    portals: TwoPortals,
) -> None:
    for county in portals:
        arrange(county.portal)
    county = portals.qingshan
    way = ReviewWay.objects.get(portal=county.portal)
    named = {
        Stage(task.level): task.reviewers.get().get_username()
        for task in way.stage_tasks.all()
    }
    assert named == {
        level: username_of(county.portal, role) for level, role in WHO.items()
    }
    page = draft(county)
    submit(page, county.author)
    approve_all(county, page)

    page.refresh_from_db()
    assert page.live
    assert ReviewSheet.objects.get().state == ReviewSheet.State.PUBLISHED
    assert ReviewWay.objects.get(portal=portals.baihe.portal).is_direct


def test_reviewer_of_the_demo_only_reviews(portals: TwoPortals) -> None:
    county = portals.qingshan
    reviewer = county.users[PortalRole.Role.REVIEWER]
    permissions = county.article.permissions_for_user(reviewer)

    assert not permissions.can_edit()
    assert not permissions.can_add_subpage()
    assert not permissions.can_unpublish()
