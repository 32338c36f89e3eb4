"""Changes of a county's site, each with the kind of fact that notices it.

``BY``: kind of fact → (what is done, kinds that notice it as well). A kind that others
always stand beside is shown to notice by itself when those are forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import time_machine

from home.models import (
    BasePage,
    Office,
    PublisherIdentity,
    Region,
    Topic,
)
from home.models.directories import DirectoryWords
from home.outbox import record_change
from statutes.models import Provision, Statute
from tests.factories import (
    PUBLISHED_AT,
    ArticlePageFactory,
    ColumnPageFactory,
    TopicFactory,
    stream,
)
from tests.publishing.kinds import add_every_kind
from tests.publishing.world import County, make_statute

MOUNTAINS = "《中华人民共和国山林法》"
NOON = "2026-05-12T12:00:00+08:00"


@dataclass(slots=True)
class Scene:
    """A county with every kind of page, and the day on which it is looked at."""

    county: County
    pages: dict[str, BasePage]
    now: str = NOON

    def page(self, name: str) -> Any:
        known = self.pages[name]
        return type(known)._default_manager.get(pk=known.pk)

    def publish(self, name: str, **values: Any) -> None:
        page = self.page(name)
        for field, value in values.items():
            setattr(page, field, value)
        page.save_revision().publish()


Act = Callable[[Scene], None]


def make_scene(county: County) -> Scene:
    """With what the changes below need besides a page of every kind."""
    county.portal.public_base = "https://www.qingshan.example/sfj"
    county.portal.save()
    pages = add_every_kind(county.base)
    pages["rich"] = county.rich
    for name in ("yi", "er", "leer"):
        pages[name] = ColumnPageFactory(
            parent=pages["column"],
            slug=name,
            heading_zh_hans=name,
            show_in_menus=False,
            first_published_at=PUBLISHED_AT,
        )
    cited = stream(("text", "<p>见《新叫法》第一条。</p>"))
    for name, day in (("yi", 3), ("er", 4)):
        pages[f"in {name}"] = ArticlePageFactory(
            parent=pages[name],
            body_zh_hans=cited,
            first_published_at=f"2026-04-0{day}T10:00:00+08:00",
        )
    make_statute(MOUNTAINS.strip("《》"), "shanlinfa")
    return Scene(county, pages)


def _published(name: str, **values: Any) -> Act:
    return lambda scene: scene.publish(name, **values)


def _write(scene: Scene) -> None:
    ArticlePageFactory(
        parent=scene.page("column"), topics=[scene.county.topic], slug="neu"
    )


def _write_last_year(scene: Scene) -> None:
    ArticlePageFactory(
        parent=scene.page("column"),
        slug="alt",
        first_published_at="2024-04-01T10:00:00+08:00",
    )


def _write_in_an_empty_column(scene: Scene) -> None:
    ArticlePageFactory(parent=scene.page("leer"), slug="erstes")


def _write_with_a_far_number(scene: Scene) -> None:
    number = scene.page("column").pk + 5000
    ArticlePageFactory(parent=scene.page("column"), slug="fern", pk=number)


def _publish_again(scene: Scene) -> None:
    with time_machine.travel("2026-05-12T13:00:00+08:00", tick=False):
        scene.publish("event")


def _swap_columns(scene: Scene) -> None:
    scene.page("er").move(scene.page("yi"), pos="left")


def _take_topics_away(scene: Scene) -> None:
    page = scene.page("article")
    page.topics.clear()
    page.save()


def _take_audiences_away(scene: Scene) -> None:
    page = scene.page("question")
    page.audiences.clear()
    page.save()


def _rename(model: type[Any], **wanted: Any) -> Act:
    def act(_scene: Scene) -> None:
        for row in model.objects.filter(**wanted):
            row.name_zh_hans = f"{row.name_zh_hans}改"
            row.save()

    return act


def _save_an_office(scene: Scene) -> None:
    for office in Office.objects.filter(portal=scene.county.portal):
        office.phone = "0000-999"
        office.save()


def _describe_the_picture(scene: Scene) -> None:
    image = scene.county.used_media[0]
    image.alt_text_zh_hans = "改过的替代文字"
    image.save()


def _rename_the_file(scene: Scene) -> None:
    document = scene.county.used_media[1]
    document.title = "改过的名称"
    document.save()


def _change_a_provision(_scene: Scene) -> None:
    found = Provision.objects.get(version__statute__slug="minfadian", number=1046)
    found.text = "改过的条文。"
    found.save()
    record_change(None, "statute", found.version.statute_id)


def _name_a_statute(_scene: Scene) -> None:
    statute = Statute.objects.get(slug="shanlinfa")
    statute.short_name = "新叫法"
    with time_machine.travel("2027-05-12T14:00:00+08:00", tick=False):
        statute.save()
    record_change(None, "statute", statute.pk)


def _change_the_words(scene: Scene) -> None:
    words, _made = DirectoryWords.objects.get_or_create(site=scene.county.portal.site)
    words.services_zh_hans = "人民调解=说和"
    words.save()


def _change_the_footer(scene: Scene) -> None:
    identity = PublisherIdentity.objects.get(site=scene.county.portal.site)
    identity.phone = "0000-7654321"
    identity.save()


def _a_phase_ends(scene: Scene) -> None:
    scene.now = "2026-05-27T12:00:00+08:00"


# An interpretation that copies its document is refused.
OWN_WORDS = stream(("section", {"part": "background"}), ("text", "<p>大白话。</p>"))
OWN = {"stored", "row"}  # a page that is changed is read again
LISTS = {"list_page", "list_groups", "newest", "topic_page", "topic_counts"}
BY: dict[str, tuple[Act, set[str]]] = {
    "stored": (_published("place", named_year=2024), set()),
    "row": (_published("campaign", heading_zh_hans="改名的活动"), {"stored", "card"}),
    "card": (_published("yi", heading_zh_hans="改名的栏目"), {"above", "below"}),
    "above": (_published("er", keywords_zh_hans="改过的词"), set()),
    "home": (_published("home", heading_zh_hans="改名的首页"), set()),
    "updated_at": (_publish_again, set()),
    "below": (_swap_columns, set()),
    "holds_something": (_write_in_an_empty_column, LISTS | {"site"}),
    "children": (_published("point", heading_zh_hans="改名的服务点"), set()),
    "every": (_published("directory", heading_zh_hans="改名的名录"), set()),
    "referring": (
        _published(
            "interpretation", heading_zh_hans="改名的解读", body_zh_hans=OWN_WORDS
        ),
        {"related_to", "siblings"},
    ),
    "facts": (_published("event", place_zh_hans="改过的地点"), set()),
    "siblings": (_write, set()),
    "related_to": (_write, set()),
    "newest": (_write, set()),
    "list_page": (_take_topics_away, set()),
    "list_groups": (_write_last_year, {"list_page", "below"}),
    "list_group_names": (_write_last_year, {"below"}),
    "topic_ids": (_take_topics_away, {"stored", "card", "related_to"}),
    "topic_page": (_write, set()),
    "topic_counts": (_write, set()),
    "audiences_of": (_take_audiences_away, {"stored"}),
    "topic": (_rename(Topic), set()),
    "topics": (lambda _scene: TopicFactory(slug="neu") and None, set()),
    "records_of": (_save_an_office, set()),
    "region": (_rename(Region), {"regions"}),
    "regions": (_rename(Region), {"region"}),
    "words": (_change_the_words, set()),
    "library": (_published("case", facts_zh_hans=f"见{MOUNTAINS}第一条。"), set()),
    "citing": (_published("article", heading_zh_hans="改名的文章"), set()),
    "statute_names": (_name_a_statute, set()),
    "statute": (_change_a_provision, set()),
    "provision": (_change_a_provision, set()),
    "picture": (_describe_the_picture, set()),
    "attachment": (_rename_the_file, set()),
    "sitemap_parts": (_write_with_a_far_number, set()),
    "sitemap_part": (_write, set()),
    "site": (_change_the_footer, set()),
    "spoken": (_published("home", heading_en=""), OWN | {"site", "home"}),
    "day": (_a_phase_ends, set()),
}
