"""Editors of two portals, who do something at random."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.models import Page

from home.models import Topic
from home.publication import PublicationError
from tests.factories import (
    PUBLISHED_AT,
    ColumnPageFactory,
    TwoPortals,
    stream,
)

Action = Callable[["Editors"], Any]
ACTIONS: dict[str, Action] = {}
# How often an action is chosen, against 1: some find something to do but rarely.
WEIGHTS: dict[str, int] = {}
# What no file may tell of.
SILENT = {"save_a_draft", "begin_an_article"}
# After these, everything may be read anew; after all others a tree is patched.
RARE = {"speak_another_language"}


@dataclass(slots=True)
class Editors:
    """Two portals and whoever works in them; ``done``: what they did, for a failure."""

    portals: TwoPortals
    random: Random
    done: list[str] = field(default_factory=list)
    count: int = 0
    days: int = 0  # that have passed

    def act(self) -> str:
        names = sorted(ACTIONS)
        weights = [WEIGHTS.get(name, 1) for name in names]
        (name,) = self.random.choices(names, weights)
        self.done.append(name)
        self.count += 1
        # What may not be published as it stands is refused as a whole; treebeard
        # cannot move some pages to the front on SQLite, and undoes that.
        # An object of a page whose column is gone cannot get a page below it.
        refused = (PublicationError, IntegrityError, AttributeError)
        with suppress(*refused), transaction.atomic():
            ACTIONS[name](self)
        return name

    # --- choosing ----------------------------------------------------------------------

    def portal(self) -> Any:
        return self.random.choice(list(self.portals))

    def pages(self, *, containers: bool = False, **wanted: Any) -> list[Page]:
        home = self.portal().home
        found = Page.objects.descendant_of(home).filter(**wanted).order_by("pk")
        return [
            page
            for page in found.specific()
            if page.specific_class.is_container == containers
        ]

    def page(self, **wanted: Any) -> Any:
        found = self.pages(**wanted)
        return self.random.choice(found) if found else None

    def column(self, **wanted: Any) -> Any:
        """A column of either portal; where there is none any more, a new one."""
        found = self.columns(**wanted)
        if not found:
            return ColumnPageFactory(parent=self.portal().home)
        return self.random.choice(found)

    def small_column(self) -> Any:
        """What is hidden or deleted often is seldom most of a portal."""
        found = [self.column(), self.column(), self.column()]
        return min(found, key=lambda page: page.get_descendants().count())

    def columns(self, **wanted: Any) -> list[Page]:
        found = self.pages(containers=True, **wanted)
        return [page for page in found if page.kind == "column"]

    def topics(self) -> list[Topic]:
        every = list(Topic.objects.order_by("pk"))
        return self.random.sample(every, self.random.randint(0, min(3, len(every))))

    def moment(self) -> dict[str, Any]:
        moment = PUBLISHED_AT - timedelta(days=self.random.choice([0, 1, 200, 400]))
        return {"first_published_at": moment, "last_published_at": moment}

    def english(self) -> dict[str, Any]:
        if self.random.random() < 0.5:
            return {}
        return {
            "heading_en": f"English {self.count}",
            "body_en": stream(("text", "<p>x</p>")),
        }


def action(made: Action) -> Action:
    ACTIONS[made.__name__] = made
    return made


def rare_action(weight: int) -> Callable[[Action], Action]:
    """Chosen so many times as often as others, because it often finds nothing to do."""

    def decorate(made: Action) -> Action:
        WEIGHTS[made.__name__] = weight
        return action(made)

    return decorate
