"""Portals from before the review keep their custom."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Workflow, WorkflowPage

from home.models import PortalRole
from home.review.models import ReviewPolicy, ReviewWay
from tests.factories import TwoPortals
from tests.home.review.trips import decide, draft, submit

pytestmark = pytest.mark.django_db
Role = PortalRole.Role


def test_portal_that_was_there_gets_one_stage_and_reviewers(
    portals: TwoPortals,
) -> None:
    migration = import_module("home.review.migrations.0002_portals_that_are_there")
    county = portals.qingshan
    ReviewWay.objects.all().delete()
    ReviewPolicy.objects.all().delete()
    Group.objects.filter(portal_role__role=Role.REVIEWER).delete()
    old = Workflow.objects.create(name="青山县 发布审核")
    WorkflowPage.objects.create(page=county.home, workflow=old)

    migration.give_ways(apps, None)

    for fixture in portals:
        way = ReviewWay.objects.get(portal=fixture.portal)
        assert (way.stages, way.is_direct) == (1, True)
        role = fixture.portal.roles.get(role=Role.REVIEWER)
        assert role.group.permissions.get().codename == "access_admin"
    old.refresh_from_db()
    assert not old.active
    page = draft(county)
    submit(page, county.author)
    decide(page, county.editor)
    page.refresh_from_db()
    assert page.live

    migration.take_reviewers(apps, None)
    assert not PortalRole.objects.filter(role=Role.REVIEWER).exists()
    assert not Group.objects.filter(name="青山县 审稿人").exists()
