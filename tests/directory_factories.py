"""Service points, people, places and the pages that list them."""

from __future__ import annotations

from datetime import date

import factory
from wagtail.test.utils.wagtail_factories import PageFactory

from home.models import DirectoryPage, LegalWorker, PlacePage, ServicePointPage
from tests.factories import PUBLISHED_AT


class LegalWorkerFactory(factory.django.DjangoModelFactory):
    """Someone who agrees to be named in 2026."""

    class Meta:
        model = LegalWorker

    name_zh_hans = factory.Sequence(lambda number: f"演示人 {number}")
    kind = "mediator"
    phone = "0000-2000001"
    consent_on = date(2026, 1, 1)
    consent_until = date(2026, 12, 31)


class DirectoryPageFactory(PageFactory):
    class Meta:
        model = DirectoryPage

    title = ""
    slug = factory.Sequence(lambda number: f"minglu-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"名录 {number}")
    summary_zh_hans = "到这里找人帮忙。"
    shows = "points"
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class ServicePointPageFactory(PageFactory):
    """Needs a ``township``, as every public point does."""

    class Meta:
        model = ServicePointPage

    title = ""
    slug = factory.Sequence(lambda number: f"fuwudian-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"服务点 {number}")
    level = "station"
    address_zh_hans = "演示路1号"
    hours = "周一至周五 8:30-12:00 14:30-18:00"
    phone = "0000-1000001"
    services = factory.List(["lawyer", "mediation"])
    confirmed_on = date(2026, 3, 1)
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class PlacePageFactory(PageFactory):
    """Needs a ``township``."""

    class Meta:
        model = PlacePage

    title = ""
    slug = factory.Sequence(lambda number: f"difang-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"示范村 {number}")
    register = "model_village"
    rank = "county"
    named_year = 2023
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT
