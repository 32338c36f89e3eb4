"""What a clerk meets in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.images.forms import get_image_form

from media.languages import register_language_source, unregister_language_source
from media.models import Consent, PortalDocument, PortalImage
from tests.media import samples
from tests.media.factories import (
    PortalDocumentFactory,
    PortalImageFactory,
    create_collection,
    create_media_editor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(create_media_editor("editor", create_collection("青山县")))
    return client


def post_image(client: Client, content: bytes, **data: Any) -> Any:
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "院坝",
            "consent": Consent.NOBODY,
            "file": SimpleUploadedFile("院坝.jpg", content),
            **data,
        },
    )


def upload_several(client: Client, url_name: str, name: str, content: bytes) -> dict:
    response = client.post(
        reverse(url_name),
        {"title": name, "files[]": SimpleUploadedFile(name, content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    return response.json()


def assert_without_position(image: PortalImage) -> None:
    with image.open_file() as file:
        stored = Image.open(BytesIO(file.read()))
    assert not stored.getexif()
    assert (image.width, image.height) == stored.size == (20, 40)


def test_uploaded_picture_is_clean(client: Client) -> None:
    response = post_image(client, samples.phone_photo(), alt_text_zh_hans="院坝")

    assert response.status_code == 302
    image = PortalImage.objects.get()
    assert_without_position(image)
    assert image.alt_text_zh_hans == "院坝"
    assert image.publication_problems() == []


def test_picture_of_a_multiple_upload_is_clean_and_not_yet_publishable(
    client: Client,
) -> None:
    answer = upload_several(
        client, "wagtailimages:add_multiple", "院坝.jpg", samples.phone_photo()
    )

    assert answer["success"]
    image = PortalImage.objects.get()
    assert_without_position(image)
    assert image.consent == Consent.UNCLEAR
    assert len(image.publication_problems()) == 2


def test_several_pictures_can_be_described_after_the_upload(client: Client) -> None:
    upload_several(client, "wagtailimages:add_multiple", "a.jpg", samples.photo())
    image = PortalImage.objects.get()
    prefix = f"image-{image.pk}"

    response = client.post(
        reverse("wagtailimages:edit_multiple", args=[image.pk]),
        {
            f"{prefix}-title": "院坝",
            f"{prefix}-alt_text_zh_hans": "两户村民在院坝里",
            f"{prefix}-consent": Consent.ON_FILE,
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert response.json()["success"]
    image.refresh_from_db()
    assert image.publication_problems() == []


def test_picture_uploaded_in_the_chooser_is_clean(client: Client) -> None:
    response = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "院坝",
            "image-chooser-upload-file": SimpleUploadedFile(
                "院坝.jpg", samples.phone_photo()
            ),
        },
    )

    assert response.json()["step"] == "chosen"
    assert_without_position(PortalImage.objects.get())


def test_refused_picture_is_explained_in_chinese(client: Client) -> None:
    response = post_image(client, b"<svg/>")

    assert response.status_code == 200
    assert "请上传 JPG、PNG、GIF 或者 WebP" in response.content.decode()
    assert not PortalImage.objects.exists()


def test_refused_picture_of_a_multiple_upload_is_explained(client: Client) -> None:
    answer = upload_several(
        client,
        "wagtailimages:add_multiple",
        "炸弹.png",
        samples.huge_png(60_000, 60_000),
    )

    assert answer["success"] is False
    assert "像素太多" in answer["error_message"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("通知.docx", b"<html></html>", "文件内容不是 DOCX 格式"),
        ("程序.exe", b"MZ", "不能上传这种文件"),
    ],
)
def test_refused_document_is_explained_in_chinese(
    client: Client, name: str, content: bytes, sentence: str
) -> None:
    answer = upload_several(client, "wagtaildocs:add_multiple", name, content)

    assert answer["success"] is False
    assert sentence in answer["error_message"]
    assert not PortalDocument.objects.exists()


def test_uploaded_document_gets_an_ascii_name_and_keeps_its_title(
    client: Client,
) -> None:
    response = client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "法律援助申请表",
            "file": SimpleUploadedFile("法律援助申请表（2026）.pdf", samples.pdf()),
        },
    )

    assert response.status_code == 302
    document = PortalDocument.objects.get()
    assert document.title == "法律援助申请表"
    assert document.filename.startswith("fa-lv-yuan-zhu-shen-qing-biao-2026")
    assert document.file_size == len(samples.pdf())


def test_new_file_of_a_picture_replaces_the_old_one(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        post_image(client, samples.photo(400, 300))
    image = PortalImage.objects.get()
    old = {image.file.name, *image.renditions.values_list("file", flat=True)}

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            reverse("wagtailimages:edit", args=[image.pk]),
            {
                "title": "换了",
                "consent": Consent.NOBODY,
                "file": SimpleUploadedFile("b.jpg", samples.photo(500, 300)),
            },
        )

    image.refresh_from_db()
    new = {image.file.name, *image.renditions.values_list("file", flat=True)}
    assert len(new) > 4 and not new & old
    storage = image.file.storage
    assert all(storage.exists(name) for name in new)
    assert not any(storage.exists(name) for name in old)


def test_decorative_picture_with_a_text_is_asked_about(client: Client) -> None:
    response = post_image(
        client, samples.photo(), alt_text_zh_hans="花边", is_decorative="on"
    )

    assert "装饰图片不需要替代文字" in response.content.decode()


def test_forms_speak_chinese() -> None:
    form = get_image_form(PortalImage)()

    labels = {name: str(field.label) for name, field in form.fields.items()}
    assert labels["alt_text_zh_hans"] == "替代文字"
    assert labels["consent"] == "人物肖像"
    assert labels["credit"] == "图片来源"
    assert labels["file"] == "文件"
    assert "听读" in str(form.fields["alt_text_zh_hans"].help_text)


@pytest.fixture
def zhuang_portal() -> Iterator[None]:
    def source(_user: Any) -> tuple[str, ...]:
        return ("za",)

    register_language_source(source)
    yield
    unregister_language_source(source)


def alt_text_fields(user: Any) -> list[str]:
    form = get_image_form(PortalImage)(user=user)
    return [name for name in form.fields if name.startswith("alt_text")]


def test_alternative_text_is_asked_in_chinese_only_by_default() -> None:
    user = create_media_editor("one", create_collection("青山县"))

    assert alt_text_fields(user) == ["alt_text_zh_hans"]


def test_alternative_text_is_asked_in_the_languages_of_the_portal(
    zhuang_portal: None,
) -> None:
    user = create_media_editor("one", create_collection("青山县"))

    assert alt_text_fields(user) == ["alt_text_zh_hans", "alt_text_za"]
    form = get_image_form(PortalImage)(user=user)
    assert form.fields["alt_text_za"].label == "替代文字（Vahcuengh）"


def test_edit_page_shows_the_picture_and_no_focal_point(client: Client) -> None:
    post_image(client, samples.photo())
    image = PortalImage.objects.get()

    response = client.get(reverse("wagtailimages:edit", args=[image.pk]))

    content = response.content.decode()
    assert image.get_rendition("max-800x600").url in content
    assert "focal" not in content
    assert "40×30" in content


def test_documents_in_the_admin_link_to_the_checked_view(client: Client) -> None:
    collection = create_collection("白河县")
    document = PortalDocumentFactory(collection=collection)
    client.force_login(create_media_editor("two", collection))

    page = client.get(reverse("wagtaildocs:index")).content.decode()

    assert f'href="{document.url}"' in page
    assert client.get(document.url).status_code == 200


def test_thumbnails_in_the_admin_load(client: Client) -> None:
    collection = create_collection("白河县")
    image = PortalImageFactory(collection=collection)
    client.force_login(create_media_editor("two", collection))

    page = client.get(reverse("wagtailimages:index")).content.decode()

    thumbnail = image.renditions.get(filter_spec="max-165x165").url
    assert f'src="{thumbnail}"' in page
    assert client.get(thumbnail).status_code == 200
