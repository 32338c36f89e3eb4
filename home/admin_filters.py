"""Filters beside Wagtail's lists of pages, without the sites and people of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.models import Site

from home.roles import portals_of

Choices = Callable[[HttpRequest], QuerySet[Any]]


def own_sites(request: HttpRequest) -> QuerySet[Site]:
    return Site.objects.filter(portal__in=portals_of(request.user))


def colleagues_among(people: Choices) -> Choices:
    """Of the people that a filter offers, those who work for one's own portals."""

    def own_people(request: HttpRequest) -> QuerySet[Any]:
        found = people(request)
        if request.user.is_superuser:
            return found
        works_here = Q(groups__portal_role__portal__in=portals_of(request.user))
        return found.filter(works_here | Q(pk=request.user.pk)).distinct()

    return own_people


def limit_page_filters() -> None:
    """The filter sets belong to Wagtail's views; their choices can only be set here."""
    # The two filter sets share their filters.
    filters = PageFilterSet.base_filters
    filters["site"].queryset = own_sites
    for name in ("owner", "edited_by"):
        filters[name].queryset = colleagues_among(filters[name].queryset)
    for name in ("site", "owner", "edited_by"):
        GenericPageFilterSet.base_filters[name].queryset = filters[name].queryset
