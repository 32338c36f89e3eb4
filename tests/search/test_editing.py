"""Editors look after the search of their portal, and meet no other portal's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from home.models import PortalRole
from search.engines import get_engine
from search.indexing import rebuild
from search.models import BestBet, PortalSynonym
from tests.factories import make_user
from tests.home.admin_asking import logged_in, text_of
from tests.search.tree import Tree, body
from tests.search.word_forms import bet_form, synonym_form

pytestmark = pytest.mark.django_db
Role = PortalRole.Role
ADDRESSES = {"portalsynonym": "search-synonyms", "bestbet": "search-best-bets"}


@pytest.fixture(scope="module")
def library(shared_tree: Tree) -> Tree:
    for portal in (shared_tree.qingshan, shared_tree.baihe):
        text = f"{portal.region_name}的火把节这天不办理。"
        heading = f"{portal.region_name}休假安排"
        shared_tree.article(portal, heading, body_zh_hans=body(text))
    shared_tree.question(shared_tree.qingshan, "青山县哪天放假？")
    rebuild(get_engine())
    return shared_tree


@pytest.fixture
def editor(library: Tree) -> Client:
    return logged_in(make_user(library.qingshan, Role.EDITOR))


@pytest.fixture
def owner(library: Tree) -> Client:
    """The editor of the other county, to whom everything foreign belongs."""
    return logged_in(make_user(library.baihe, Role.EDITOR))


def foreign_entry(library: Tree, model: str) -> PortalSynonym | BestBet:
    if model == "bestbet":
        return BestBet.objects.create(
            portal=library.baihe, queries="白鹤记号", citation="劳动法第49条"
        )
    return PortalSynonym.objects.create(
        portal=library.baihe, lay="白鹤记号", legal="火把节", reason="x"
    )


# --- synonyms and best bets ----------------------------------------------------------------


@pytest.mark.parametrize("model", ADDRESSES)
def test_list_shows_own_words_only(
    library: Tree, editor: Client, owner: Client, model: str
) -> None:
    foreign_entry(library, model)
    address = reverse(f"{ADDRESSES[model]}:index")

    for query in ({}, {"q": "白鹤记号"}):
        found = editor.get(address, query)
        assert found.status_code == 200
        assert "白鹤记号 →" not in text_of(found)
        assert "白鹤记号 →" in text_of(owner.get(address, query))


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage"])
@pytest.mark.parametrize("model", ADDRESSES)
def test_views_of_foreign_words_do_not_exist(
    library: Tree, editor: Client, owner: Client, model: str, view: str
) -> None:
    entry = foreign_entry(library, model)
    address = reverse(f"{ADDRESSES[model]}:{view}", args=[entry.pk])

    assert editor.get(address).status_code == 404
    assert editor.post(address, synonym_form()).status_code == 404
    assert owner.get(address).status_code == 200
    assert type(entry).objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    ("model", "form"), [("portalsynonym", synonym_form), ("bestbet", bet_form)]
)
def test_new_words_belong_to_their_makers_portal(
    library: Tree, editor: Client, owner: Client, model: str, form: Any
) -> None:
    """The same words in both portals: neither hears of the other's."""
    add = reverse(f"{ADDRESSES[model]}:add")

    for client in (owner, editor):
        sent = form(portal=library.baihe.pk)
        assert client.post(add, sent).status_code == 302

    table = {"portalsynonym": PortalSynonym, "bestbet": BestBet}[model]
    portals = table.objects.order_by("pk").values_list("portal", flat=True)
    assert list(portals) == [library.baihe.pk, library.qingshan.pk]


def test_best_bet_of_a_foreign_page_is_refused_without_its_title(
    library: Tree, editor: Client, owner: Client
) -> None:
    page = library.question(library.baihe, "白鹤记号问题？")
    add = reverse("search-best-bets:add")
    sent = bet_form(page=page.pk, citation="")

    refused = editor.post(add, sent)

    assert refused.status_code == 200
    assert "白鹤记号" not in text_of(refused)
    assert not BestBet.objects.exists()
    assert owner.post(add, sent).status_code == 302


def test_only_a_prefecture_shares_with_its_counties(
    library: Tree, editor: Client
) -> None:
    add = reverse("search-synonyms:add")
    prefecture = logged_in(make_user(library.prefecture, Role.EDITOR))

    assert "is_shared" not in editor.get(add).context["form"].fields
    assert "is_shared" in prefecture.get(add).context["form"].fields
    editor.post(add, synonym_form(is_shared="on"))
    prefecture.post(add, synonym_form(is_shared="on"))

    shared = PortalSynonym.objects.filter(is_shared=True)
    assert [one.portal for one in shared] == [library.prefecture]


def test_county_does_not_see_shared_words_among_its_own(
    library: Tree, editor: Client
) -> None:
    made = PortalSynonym.objects.create(
        portal=library.prefecture, lay="云岭记号", legal="火把节", is_shared=True
    )

    assert "云岭记号" not in text_of(editor.get(reverse("search-synonyms:index")))
    edit = reverse("search-synonyms:edit", args=[made.pk])
    assert editor.get(edit).status_code == 404


def test_authors_and_strangers_have_no_part_in_it(library: Tree) -> None:
    author = logged_in(make_user(library.qingshan, Role.AUTHOR))
    addresses = [
        reverse("search-synonyms:index"),
        reverse("search-best-bets:add"),
        reverse("search-queries:index"),
    ]

    for client in (author, Client()):
        for address in addresses:
            assert client.get(address).status_code == 302
        tried = client.post(reverse("search_try", args=["portalsynonym", 0]), {})
        assert tried.status_code == 302
    home = text_of(author.get(reverse("wagtailadmin_home")))
    assert "search-synonyms" not in home


def test_menu_leads_to_the_three_parts(library: Tree, editor: Client) -> None:
    home = text_of(editor.get(reverse("wagtailadmin_home")))

    for name in ("search-synonyms", "search-best-bets", "search-queries"):
        assert reverse(f"{name}:index") in home


# --- trying ----------------------------------------------------------------------------------


def attempt(client: Client, model: str, sent: dict[str, Any], pk: int = 0) -> Any:
    return client.post(reverse("search_try", args=[model, pk]), sent)


def headings(lines: Any) -> list[str]:
    return [line.heading.striptags() for line in lines]


def test_synonym_is_tried_without_being_saved(library: Tree, editor: Client) -> None:
    tried = attempt(editor, "portalsynonym", synonym_form(try_query="赶歌场哪天放假"))

    trial = tried.context["trial"]
    assert "青山县休假安排" not in headings(trial.before)
    assert "青山县休假安排" in headings(trial.after)
    (line,) = (one for one in trial.after if "休假" in one.heading)
    assert line.is_new
    assert trial.added_words == ("火把节",)
    assert "新出现" in text_of(tried)
    assert not PortalSynonym.objects.exists()


def test_trial_shows_the_own_portals_content_only(
    library: Tree, editor: Client, owner: Client
) -> None:
    shown = text_of(attempt(editor, "portalsynonym", synonym_form()))
    assert "青山县" in shown
    assert "白鹤县" not in shown

    shown = text_of(attempt(owner, "portalsynonym", synonym_form()))
    assert "白鹤县" in shown
    assert "青山县" not in shown


def test_saved_synonym_is_replaced_in_its_trial(library: Tree, editor: Client) -> None:
    saved = PortalSynonym.objects.create(
        portal=library.qingshan, lay="赶歌场", legal="火把节", reason="x"
    )
    sent = synonym_form(legal="唱山歌")

    trial = attempt(editor, "portalsynonym", sent, saved.pk).context["trial"]

    assert headings(trial.before) == ["青山县休假安排"]
    assert headings(trial.after) == []
    saved.refresh_from_db()
    assert saved.legal == "火把节"


def test_best_bet_is_tried_without_being_saved(library: Tree, editor: Client) -> None:
    page = library.question(library.qingshan, "青山县哪里停车？")
    sent = bet_form(queries="休假安排", page=page.pk, citation="")

    trial = attempt(editor, "bestbet", sent).context["trial"]

    assert headings(trial.before)[0] == "青山县休假安排"
    assert headings(trial.after)[:2] == ["青山县哪里停车？", "青山县休假安排"]
    assert trial.after[1].moved == "下降 1 位"
    assert not BestBet.objects.exists()


def test_trial_without_effect_says_so(library: Tree, editor: Client) -> None:
    shown = attempt(editor, "portalsynonym", synonym_form(try_query="休假安排"))

    assert shown.context["trial"].is_same
    assert "前十条没有变化" in text_of(shown)


def test_trial_says_what_hinders(library: Tree, editor: Client) -> None:
    shown = attempt(editor, "portalsynonym", synonym_form(lay="怎么办", reason=""))

    told = "".join(shown.context["problems"])
    assert "群众怎么说：“怎么办”是到处都有的话" in told
    assert "理由：" in told


@pytest.mark.parametrize("model", ADDRESSES)
def test_foreign_words_cannot_be_tried(
    library: Tree, editor: Client, owner: Client, model: str
) -> None:
    entry = foreign_entry(library, model)
    sent = synonym_form() | bet_form()

    assert attempt(editor, model, sent, entry.pk).status_code == 404
    assert attempt(owner, model, sent, entry.pk).status_code == 200
    assert attempt(editor, "office", sent).status_code == 404
