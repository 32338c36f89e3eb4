"""What a new portal begins with, and what a program publishes there."""

from __future__ import annotations

from typing import Any

import pytest

from home.models import ColumnPage
from home.publication import PublicationError, system_release
from home.review.models import ReviewPolicy, ReviewWay
from tests.factories import make_portal

pytestmark = pytest.mark.django_db
# Beside the two counties of this folder, which other tests keep.
LINSHAN = ("linshan", "林山县", "000012")


@pytest.mark.parametrize(
    ("setting", "stages", "least", "is_direct"),
    [(3, 3, 3, False), (2, 2, 2, False), (0, 1, 1, True)],
)
def test_new_portal_reviews_as_the_installation_says(
    settings: Any, setting: int, stages: int, least: int, is_direct: bool
) -> None:
    settings.REVIEW_STAGES = setting
    portals = [make_portal(*LINSHAN), make_portal("shihe", "石河县", "000013")]

    for portal in portals:
        way = ReviewWay.objects.get(portal=portal)
        policy = ReviewPolicy.objects.get(portal=portal)
        assert (way.stages, way.is_direct) == (stages, is_direct)
        assert way.workflow.tasks.count() == stages
        assert policy.least_stages == least
        assert policy.may_publish_directly == is_direct


def test_demo_is_published_by_a_program_and_nothing_after_it(settings: Any) -> None:
    settings.REVIEW_STAGES = 3
    portal = make_portal(*LINSHAN)
    column = ColumnPage.objects.descendant_of(portal.site.root_page).get()
    column.heading_zh_hans = "程序写的"
    with system_release():
        column.save_revision().publish()
    assert ColumnPage.objects.get(pk=column.pk).heading_zh_hans == "程序写的"

    column.heading_zh_hans = "后来写的"
    with pytest.raises(PublicationError, match="先送审"):
        column.save_revision().publish()
