"""Two portals' people in Wagtail's admin: neither sees the other's files."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from media.access import foreign_ids
from media.models import PortalDocument, PortalImage
from tests.media import samples
from tests.media.factories import (
    PortalDocumentFactory,
    PortalImageFactory,
    create_collection,
    create_media_editor,
)

pytestmark = pytest.mark.django_db


class TwoPortals:
    """青山 has a picture and a document; the client belongs to somebody of 白河."""

    def __init__(self) -> None:
        self.qingshan = create_collection("青山县")
        self.baihe = create_collection("白河县")
        self.image = PortalImageFactory(title="青山的图", collection=self.qingshan)
        self.document = PortalDocumentFactory(
            title="青山的文件", collection=self.qingshan
        )
        self.own_image = PortalImageFactory(title="白河的图", collection=self.baihe)
        self.own_document = PortalDocumentFactory(
            title="白河的文件", collection=self.baihe
        )
        self.user = create_media_editor("baihe-editor", self.baihe)
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, name: str, *args: Any, **query: Any) -> Any:
        return self.client.get(reverse(name, args=args), query)


@pytest.fixture
def portals() -> TwoPortals:
    return TwoPortals()


def assert_hidden(response: Any, *foreign: str) -> None:
    content = response.content.decode()
    for text in foreign or ("青山",):
        assert text not in content


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_admin_api_lists_own_files_only(portals: TwoPortals, kind: str) -> None:
    response = portals.get(f"wagtailadmin_api:{kind}:listing")

    titles = [item["title"] for item in response.json()["items"]]
    assert titles == ["白河的图" if kind == "images" else "白河的文件"]


@pytest.mark.parametrize(
    ("kind", "foreign", "own"),
    [("images", "image", "own_image"), ("documents", "document", "own_document")],
)
def test_admin_api_knows_no_foreign_file(
    portals: TwoPortals, kind: str, foreign: str, own: str
) -> None:
    def status(name: str) -> int:
        name_of_view = f"wagtailadmin_api:{kind}:detail"
        return portals.get(name_of_view, getattr(portals, name).pk).status_code

    assert (status(foreign), status(own)) == (404, 200)


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_admin_api_finds_no_foreign_file_by_address(
    portals: TwoPortals, kind: str
) -> None:
    foreign = portals.image if kind == "images" else portals.document

    response = portals.get(f"wagtailadmin_api:{kind}:find", id=foreign.pk)

    assert response.status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
    ],
)
@pytest.mark.parametrize("query", [{}, {"q": "青山的"}], ids=["all", "search"])
def test_lists_and_choosers_hide_foreign_files(
    portals: TwoPortals, name: str, query: dict[str, str]
) -> None:
    response = portals.get(name, **query)

    assert response.status_code == 200
    assert_hidden(response, "青山县", portals.image.filename, portals.document.filename)
    assert f"/{portals.image.pk}/" not in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "wagtailimages:edit",
        "wagtailimages:delete",
        "wagtailimages:image_usage",
        "wagtailimages_chooser:chosen",
        "wagtailimages_chooser:select_format",
    ],
)
def test_views_of_a_foreign_picture_are_closed(portals: TwoPortals, name: str) -> None:
    response = portals.get(name, portals.image.pk)

    assert response.status_code in (302, 403, 404)
    assert_hidden(response)
    assert portals.get(name, portals.own_image.pk).status_code == 200


def test_preview_of_a_foreign_picture_is_closed(portals: TwoPortals) -> None:
    response = portals.get("wagtailimages:preview", portals.image.pk, "original")

    assert response.status_code in (302, 403, 404)


@pytest.mark.parametrize(
    "name",
    [
        "wagtaildocs:edit",
        "wagtaildocs:delete",
        "wagtaildocs:document_usage",
        "wagtaildocs_chooser:chosen",
    ],
)
def test_views_of_a_foreign_document_are_closed(portals: TwoPortals, name: str) -> None:
    response = portals.get(name, portals.document.pk)

    assert response.status_code in (302, 403, 404)
    assert_hidden(response)
    assert portals.get(name, portals.own_document.pk).status_code == 200


@pytest.mark.parametrize(
    ("name", "foreign", "own"),
    [
        ("wagtailimages_chooser:chosen_multiple", "image", "own_image"),
        ("wagtaildocs_chooser:chosen_multiple", "document", "own_document"),
    ],
)
def test_choosing_several_leaves_foreign_files_out(
    portals: TwoPortals, name: str, foreign: str, own: str
) -> None:
    ids = [getattr(portals, foreign).pk, getattr(portals, own).pk]

    response = portals.get(name, id=ids)

    chosen = [item["id"] for item in response.json()["result"]]
    assert chosen == [str(getattr(portals, own).pk)]


@pytest.mark.parametrize(
    ("name", "model", "file_name", "content"),
    [
        ("wagtailimages:add_multiple", PortalImage, "a.jpg", samples.photo()),
        ("wagtaildocs:add_multiple", PortalDocument, "a.pdf", samples.pdf()),
    ],
    ids=["images", "documents"],
)
@pytest.mark.parametrize("own_collections", [1, 2])
def test_nothing_is_uploaded_into_a_foreign_collection(
    portals: TwoPortals,
    name: str,
    model: type,
    file_name: str,
    content: bytes,
    own_collections: int,
) -> None:
    """With one collection Wagtail drops the field, with two it checks the choice."""
    if own_collections == 2:
        portals.client.force_login(
            create_media_editor("two", portals.baihe, create_collection("白河档案"))
        )

    portals.client.post(
        reverse(name),
        {
            "title": "塞进来的",
            "collection": portals.qingshan.pk,
            "files[]": SimpleUploadedFile(file_name, content),
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert not model.objects.filter(
        title="塞进来的", collection=portals.qingshan
    ).exists()


def test_own_picture_cannot_be_moved_into_a_foreign_collection(
    portals: TwoPortals,
) -> None:
    portals.client.force_login(
        create_media_editor("two", portals.baihe, create_collection("白河档案"))
    )

    response = portals.client.post(
        reverse("wagtailimages:edit", args=[portals.own_image.pk]),
        {"title": "移走", "collection": portals.qingshan.pk, "consent": "nobody"},
    )

    assert response.status_code == 200
    assert "collection" in response.context["form"].errors
    portals.own_image.refresh_from_db()
    assert portals.own_image.collection == portals.baihe


@pytest.mark.parametrize(
    "name", ["wagtailimages:edit_multiple", "wagtailimages:delete_multiple"]
)
def test_foreign_picture_is_not_touched_by_the_multiple_upload(
    portals: TwoPortals, name: str
) -> None:
    response = portals.client.post(
        reverse(name, args=[portals.image.pk]),
        {f"image-{portals.image.pk}-title": "改了"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.status_code in (302, 403, 404)
    portals.image.refresh_from_db()
    assert portals.image.title == "青山的图"


@pytest.mark.parametrize("action", ["delete", "add_to_collection"])
@pytest.mark.parametrize("model", [PortalImage, PortalDocument])
def test_bulk_actions_do_not_touch_foreign_files(
    portals: TwoPortals, action: str, model: type
) -> None:
    foreign = portals.image if model is PortalImage else portals.document
    address = reverse(
        "wagtail_bulk_action", args=["media", model._meta.model_name, action]
    )

    portals.client.post(f"{address}?id={foreign.pk}", {"collection": portals.baihe.pk})

    foreign.refresh_from_db()
    assert foreign.collection == portals.qingshan


@pytest.mark.parametrize("model_name", ["portalimage", "portaldocument"])
def test_tagging_in_bulk_does_not_exist(portals: TwoPortals, model_name: str) -> None:
    address = reverse("wagtail_bulk_action", args=["media", model_name, "add_tags"])

    assert portals.client.get(f"{address}?id=1").status_code == 404


def test_tag_completion_is_closed(portals: TwoPortals) -> None:
    portals.image.tags.add("青山机密")

    for address in (
        reverse("wagtailadmin_tag_autocomplete"),
        reverse("wagtailadmin_tag_model_autocomplete", args=["taggit", "tag"]),
    ):
        response = portals.client.get(address, {"term": "青"})
        assert response.status_code == 404
        assert_hidden(response)


@pytest.mark.parametrize("name", ["wagtailimages:add", "wagtaildocs:add"])
def test_upload_forms_have_no_tags_and_no_foreign_collection(
    portals: TwoPortals, name: str
) -> None:
    portals.client.force_login(
        create_media_editor("two", portals.baihe, create_collection("白河档案"))
    )

    form = portals.get(name).context["form"]

    assert "tags" not in form.fields
    offered = set(form.fields["collection"].queryset)
    assert portals.baihe in offered and portals.qingshan not in offered


def test_same_picture_in_another_portal_is_not_shown_as_a_duplicate(
    portals: TwoPortals,
) -> None:
    content = samples.photo()

    def upload(title: str) -> bool:
        response = portals.client.post(
            reverse("wagtailimages:add_multiple"),
            {"title": title, "files[]": SimpleUploadedFile("b.jpg", content)},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )
        return response.json()["duplicate"]

    upload("第一张")
    assert upload("第二张") is True

    PortalImage.objects.filter(collection=portals.baihe).update(
        collection=portals.qingshan
    )
    assert upload("第三张") is False


def test_foreign_and_unknown_numbers_in_a_form_are_found(portals: TwoPortals) -> None:
    """A chooser's hidden input takes any number that is typed into it."""
    images = [portals.image.pk, portals.own_image.pk, 4711]
    documents = [portals.document.pk, portals.own_document.pk]

    assert foreign_ids(portals.user, PortalImage, images) == {portals.image.pk, 4711}
    assert foreign_ids(portals.user, PortalDocument, documents) == {portals.document.pk}
