"""What every page type has to state, and what an editor reads on every form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import Block
from wagtail.blocks.field_block import FieldBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from articles.models import (
    ArticlePage,
    CampaignPage,
    CataloguePage,
    EventPage,
    InformationPage,
    InterpretationPage,
    PolicyDocumentPage,
    QuestionPage,
    ServiceGuidePage,
    TypicalCasePage,
)
from home.languages import translated_fields
from home.models import (
    BasePage,
    ColumnPage,
    DirectoryPage,
    DirectoryWords,
    HomePage,
    HostingIdentity,
    PlacePage,
    PublisherIdentity,
    ServicePointPage,
    page_models,
)
from tests.factories import TwoPortals
from tests.home.pages import create_address

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PAGE_MODELS = page_models()
# What stands in a column; all but campaigns hold nothing.
CONTENT_MODELS = (
    ArticlePage,
    CampaignPage,
    CataloguePage,
    EventPage,
    InformationPage,
    InterpretationPage,
    PolicyDocumentPage,
    QuestionPage,
    ServiceGuidePage,
    TypicalCasePage,
)
# What a campaign holds as well.
CAMPAIGN_CONTENT = (ArticlePage, EventPage)

# Texts that are the same in every language, each with its reason.
NOT_TRANSLATED = {
    "author": "a person's name",
    "place": "a place as it is called there",
    "source": "the name of a bureau",
    "reprint_source": "the name of a bureau",
    "imported_from": "an address, nobody types it",
    "reviewer": "a person's name",
    "area": "a place as it is called there",
    "disclosure_basis": "citations are read in Chinese",
    "legal_basis": "citations are read in Chinese",
    "related": "chosen pages",
    "index_number": "a number",
    "document_number": "a number, with the agency's own short name",
    "issuer": "the names of agencies",
    "subject_class": "a code of the list of subject classes",
    "disclosure": "a code",
    "validity": "a code",
    "secrecy_reviewer": "a person's name",
    "form": "a code",
    "interpreter": "a person's name",
    "interpreter_title": "a person's office, as it is called in Chinese",
    "column_type": "a code of the State Council's list",
    "phone": "a number",
    "forms": "files to fill in, which exist in Chinese",
    "case_type": "one of a list with translated names",
    "purpose": "one of a list with translated names",
    "anonymity_checked_by": "a person's name",
    "phases": "days, with the translations of their names inside",
    "measures": "units, with their translations inside",
    "targets": "numbers, with the translations of their names inside",
    "materials": "files of a campaign",
    "organiser": "the name of a bureau",
    "state": "a code with a label of the interface",
    "shows": "a choice",
    "level": "a word of the portal, translated with it",
    "hours": "parsed; shown in every language",
    "accessible_entrance": "a choice",
    "register": "a choice",
    "rank": "a choice",
}


class TestPlacesInTheTree(WagtailPageTestCase):
    def test_home_page_stands_below_the_root_and_holds_columns(self) -> None:
        self.assertAllowedParentPageTypes(HomePage, {Page})
        self.assertAllowedSubpageTypes(HomePage, {ColumnPage})

    def test_column_holds_columns_and_content(self) -> None:
        self.assertAllowedParentPageTypes(ColumnPage, {HomePage, ColumnPage})
        # Wagtail's bare page is allowed everywhere and can be created nowhere.
        self.assertAllowedSubpageTypes(
            ColumnPage, {Page, ColumnPage, DirectoryPage, *CONTENT_MODELS}
        )
        assert not Page.is_creatable

    def test_content_stands_in_columns_and_holds_nothing(self) -> None:
        for model in CONTENT_MODELS:
            above = {CampaignPage} if model in CAMPAIGN_CONTENT else set()
            below = CAMPAIGN_CONTENT if model is CampaignPage else ()
            self.assertAllowedParentPageTypes(model, {ColumnPage, *above})
            self.assertAllowedSubpageTypes(model, set(below))

    def test_points_and_places_stand_in_directories_and_hold_nothing(self) -> None:
        self.assertAllowedParentPageTypes(DirectoryPage, {ColumnPage})
        self.assertAllowedSubpageTypes(DirectoryPage, {ServicePointPage, PlacePage})
        for model in (ServicePointPage, PlacePage):
            self.assertAllowedParentPageTypes(model, {DirectoryPage})
            self.assertAllowedSubpageTypes(model, set())

    def test_every_page_type_is_looked_at_here(self) -> None:
        assert set(PAGE_MODELS) == {
            *CONTENT_MODELS,
            ColumnPage,
            DirectoryPage,
            HomePage,
            PlacePage,
            ServicePointPage,
        }


def own_fields(model: type[BasePage]) -> Iterator[models.Field[Any, Any]]:
    """Fields that we added to Wagtail's page, without the columns of each language."""
    theirs = {field.name for field in Page._meta.get_fields()}
    for field in model._meta.get_fields():
        is_ours = field.name not in theirs and not field.auto_created
        if is_ours and not hasattr(field, "translated_field"):
            yield field


@pytest.mark.parametrize("model", PAGE_MODELS)
def test_every_text_is_translated_or_listed_as_not_translated(
    model: type[BasePage],
) -> None:
    texts = {
        field.name
        for field in own_fields(model)
        if isinstance(field, models.CharField | models.TextField | StreamField)
        and not isinstance(field, models.URLField)
    }

    assert texts - set(translated_fields(model)) <= NOT_TRANSLATED.keys()


def test_list_of_untranslated_fields_names_no_field_that_is_gone_or_translated() -> (
    None
):
    # Of one type each: the place of a guide is translated, that of a case is not.
    untranslated = {
        field.name
        for model in PAGE_MODELS
        for field in own_fields(model)
        if field.name not in translated_fields(model)
    }

    assert NOT_TRANSLATED.keys() <= untranslated


# --- forms ------------------------------------------------------------------------------


def bound_fields(panel: Any) -> Iterator[Any]:
    """The field panels of a bound edit handler that are shown."""
    if isinstance(panel.panel, FieldPanel) and panel.is_shown():
        yield panel
    for child in getattr(panel, "children", ()):
        yield from bound_fields(child)


def assert_explained(response: Any) -> list[str]:
    """Every field has a name and a help text in Chinese; the names of the fields."""
    panel = response.context.get("edit_handler") or response.context["panel"]
    shown = list(bound_fields(panel))
    for field in shown:
        label = str(field.bound_field.label)
        assert CHINESE.search(label), f"{field.field_name}: {label}"
        assert "[" not in label
        help_text = str(field.panel.help_text or field.bound_field.help_text)
        assert CHINESE.search(help_text), f"{field.field_name}: {help_text}"
    return [field.field_name for field in shown]


@pytest.mark.parametrize("model", [ColumnPage, *CONTENT_MODELS])
def test_form_of_a_new_page_explains_every_field_in_chinese(
    editor: Client, portals: TwoPortals, model: type[BasePage]
) -> None:
    parent = portals.qingshan.home if model is ColumnPage else portals.qingshan.column

    response = editor.get(create_address(model, parent))

    assert response.status_code == 200
    assert "heading_zh_hans" in assert_explained(response)


@pytest.mark.parametrize("name", ["home", "column", "article", "question"])
def test_form_of_a_known_page_explains_every_field_in_chinese(
    editor: Client, portals: TwoPortals, name: str
) -> None:
    page = getattr(portals.qingshan, name)

    response = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert response.status_code == 200
    names = assert_explained(response)
    assert {"heading_zh_hans", "heading_en", "slug", "go_live_at"} <= set(names)
    assert "heading_ug" not in names


@pytest.mark.parametrize("model", [HostingIdentity, PublisherIdentity, DirectoryWords])
def test_form_of_an_identity_explains_every_field_in_chinese(
    portals: TwoPortals, model: type[models.Model]
) -> None:
    client = Client(headers={"host": portals.qingshan.host})
    client.force_login(portals.qingshan.admin)
    address = reverse(
        "wagtailsettings:edit",
        args=["home", model._meta.model_name, portals.qingshan.portal.site_id],
    )

    response = client.get(address)

    names = assert_explained(response)
    assert any(name.endswith("_en") for name in names)
    assert not any(name.endswith("_ug") for name in names)


@pytest.mark.parametrize("name", ["home", "column", "article", "question"])
def test_time_of_publication_is_not_in_the_form(
    editor: Client, portals: TwoPortals, name: str
) -> None:
    page = getattr(portals.qingshan, name)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    form = editor.get(address).context["form"]

    assert not {"first_published_at", "last_published_at", "title"} & set(form.fields)


@pytest.mark.parametrize("model", PAGE_MODELS)
def test_every_column_of_a_translated_field_is_in_the_edit_handler(
    model: type[BasePage],
) -> None:
    fields = model.get_edit_handler().get_form_options()["fields"]

    for name in translated_fields(model):
        assert f"{name}_zh_hans" in fields
        assert f"{name}_bo" in fields
        assert name not in fields


@pytest.mark.parametrize("model", [one for one in CONTENT_MODELS if one.has_topics])
def test_terms_are_boxes_to_tick(model: type[BasePage]) -> None:
    form_class = model.get_edit_handler().get_form_class()

    for name in ("topics", "audiences"):
        assert isinstance(model._meta.get_field(name), ParentalManyToManyField)
        widget = form_class.base_fields[name].widget
        assert type(widget).__name__ == "CheckboxSelectMultiple"


# --- blocks -----------------------------------------------------------------------------


def all_blocks(block: Block) -> Iterator[Block]:
    yield block
    children = getattr(block, "child_blocks", None)
    for child in children.values() if children else ():
        yield from all_blocks(child)
    if hasattr(block, "child_block"):
        yield from all_blocks(block.child_block)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (HomePage, "body"),
        (ArticlePage, "body"),
        (InterpretationPage, "body"),
        (PolicyDocumentPage, "body"),
        (CampaignPage, "phases"),
        (CampaignPage, "measures"),
        (CampaignPage, "targets"),
        (CampaignPage, "materials"),
        (QuestionPage, "explanation"),
        (QuestionPage, "legal_basis"),
        (QuestionPage, "related"),
        (ServiceGuidePage, "body"),
        (ServiceGuidePage, "legal_basis"),
        (ServiceGuidePage, "forms"),
        (TypicalCasePage, "body"),
        (TypicalCasePage, "legal_basis"),
        (InformationPage, "body"),
    ],
)
def test_every_block_and_every_field_of_it_has_a_chinese_name(
    model: type[BasePage], field: str
) -> None:
    stream = model._meta.get_field(field).stream_block

    for kind, top in stream.child_blocks.items():
        for block in all_blocks(top):
            if isinstance(block, FieldBlock) or block is top:
                assert CHINESE.search(str(block.label)), f"{kind}: {block.label}"
        assert top.meta.icon != "placeholder", kind
        assert CHINESE.search(str(top.get_description())), kind
