"""Who gets a file. The portal of a request is that of its host; here it is only set."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from media import access
from media.access import Kind, register_use_check
from media.models import Consent, PortalDocument, PortalImage
from tests.media import samples
from tests.media.factories import (
    PortalDocumentFactory,
    PortalImageFactory,
    create_collection,
    create_media_editor,
)

pytestmark = pytest.mark.django_db

QINGSHAN = SimpleNamespace(pk=1)
BAIHE = SimpleNamespace(pk=2)


@pytest.fixture(autouse=True)
def no_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks of the other apps ask for a real portal."""
    monkeypatch.setattr(access, "_use_checks", [])


@pytest.fixture
def used(no_checks: None) -> set[tuple[int, Kind, int]]:
    """What live pages use: (portal, kind, pk)."""
    uses: set[tuple[int, Kind, int]] = set()

    def check(request: HttpRequest, kind: Kind, pk: int) -> bool:
        return (request.portal.pk, kind, pk) in uses

    register_use_check(check)
    return uses


@pytest.fixture
def image() -> PortalImage:
    return PortalImageFactory(
        collection=create_collection("青山县"), with_renditions=True
    )


@pytest.fixture
def document() -> PortalDocument:
    return PortalDocumentFactory(
        title="法律援助申请表", collection=create_collection("青山县")
    )


def get(path: str, portal: Any = None, user: Any = None, **headers: str) -> Any:
    request = RequestFactory().get(path, headers=headers)
    request.portal = portal
    request.user = user or AnonymousUser()
    match = resolve(path)
    return match.func(request, **match.kwargs)


def assert_refused(path: str, portal: Any = None, user: Any = None) -> None:
    with pytest.raises(Http404) as caught:
        get(path, portal, user)
    # Nothing that would tell a refusal from an unknown address.
    assert not caught.value.args


def rendition_path(image: PortalImage, spec: str = "width-360|format-webp") -> str:
    return image.renditions.get(filter_spec=spec).url


def test_picture_of_a_live_page_is_public(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    response = get(rendition_path(image), QINGSHAN)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


def test_public_answer_does_not_look_at_the_session(
    image: PortalImage, used: set
) -> None:
    """With ``Vary: Cookie`` no cache in between would keep it."""
    used.add((QINGSHAN.pk, "image", image.pk))
    path = rendition_path(image)
    request = RequestFactory().get(path)
    request.portal = QINGSHAN
    match = resolve(path)

    # The request has no ``user`` at all.
    assert match.func(request, **match.kwargs).status_code == 200


def test_avif_has_its_content_type(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    response = get(rendition_path(image, "width-360|format-avif"), QINGSHAN)

    assert response["Content-Type"] == "image/avif"


@pytest.fixture
def video() -> PortalDocument:
    return PortalDocumentFactory(
        title="宣讲",
        file=ContentFile(samples.mp4(media=bytes(range(200))), "宣讲.mp4"),
        collection=create_collection("青山县"),
    )


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=10-", 10, None),
        ("bytes=-5", -5, None),
        ("bytes=10-99999", 10, None),
    ],
)
def test_part_of_a_video_is_sent_as_a_phone_asks_for_it(
    video: PortalDocument, used: set, asked: str, first: int, last: int | None
) -> None:
    used.add((QINGSHAN.pk, "document", video.pk))
    whole = samples.mp4(media=bytes(range(200)))
    wanted = whole[first:] if last is None else whole[first : last + 1]

    response = get(video.url, QINGSHAN, Range=asked)

    start = len(whole) + first if first < 0 else first
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == wanted
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(wanted))
    assert response["Content-Range"] == (
        f"bytes {start}-{start + len(wanted) - 1}/{len(whole)}"
    )
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=5-2"},
        {"Range": "bytes=-"},
        {"Range": "lines=1-2"},
        {"Range": "bytes=0-1,4-5"},
        {"Range": "bytes=0-1", "If-Range": '"an-older-file"'},
    ],
)
def test_whole_video_is_sent_where_no_single_part_is_asked_for(
    video: PortalDocument, used: set, headers: dict[str, str]
) -> None:
    used.add((QINGSHAN.pk, "document", video.pk))

    response = get(video.url, QINGSHAN, **headers)

    assert response.status_code == 200
    assert response["Accept-Ranges"] == "bytes"
    assert len(b"".join(response.streaming_content)) == video.file_size


def test_part_behind_the_end_of_a_video_is_refused(
    video: PortalDocument, used: set
) -> None:
    used.add((QINGSHAN.pk, "document", video.pk))

    response = get(video.url, QINGSHAN, Range="bytes=99999-")

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{video.file_size}"


def test_part_of_a_file_that_no_page_uses_is_refused(video: PortalDocument) -> None:
    with pytest.raises(Http404):
        get(video.url, QINGSHAN, Range="bytes=0-1")


def test_picture_that_no_page_uses_is_refused(image: PortalImage, used: set) -> None:
    assert_refused(rendition_path(image), QINGSHAN)


def test_picture_of_another_portal_is_refused(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    assert_refused(rendition_path(image), BAIHE)


def test_picture_is_refused_on_an_unknown_host(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    assert_refused(rendition_path(image), None)


def test_same_number_of_a_document_does_not_open_a_picture(
    image: PortalImage, used: set
) -> None:
    used.add((QINGSHAN.pk, "document", image.pk))

    assert_refused(rendition_path(image), QINGSHAN)


def test_withdrawn_consent_counts_at_once(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))
    image.consent = Consent.UNCLEAR
    image.save()

    assert_refused(rendition_path(image), QINGSHAN)


def test_original_is_never_public(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    assert_refused(image.file.url, QINGSHAN)


def test_sizes_made_for_the_admin_are_not_public(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))

    assert_refused(image.get_rendition("original").url, QINGSHAN)
    assert_refused(image.get_rendition("max-165x165").url, QINGSHAN)


@pytest.mark.parametrize(
    "path",
    [
        "/media/images/unknown.webp",
        "/media/original_images/unknown.jpg",
        "/media/documents/4711/unknown.pdf",
    ],
)
def test_unknown_file_is_refused(path: str) -> None:
    assert_refused(path, QINGSHAN)


def test_lost_file_is_refused(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))
    rendition = image.renditions.get(filter_spec="width-360|format-webp")
    rendition.file.storage.delete(rendition.file.name)

    assert_refused(rendition.url, QINGSHAN)


def test_editor_sees_drafts_of_the_own_portal(
    image: PortalImage, document: PortalDocument
) -> None:
    editor = create_media_editor("editor", image.collection, document.collection)

    for path in (
        rendition_path(image),
        image.get_rendition("max-165x165").url,
        image.file.url,
        document.url,
    ):
        response = get(path, None, editor)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-cache"


def test_editor_of_another_portal_is_refused(
    image: PortalImage, document: PortalDocument
) -> None:
    stranger = create_media_editor("stranger", create_collection("白河县"))

    for path in (
        rendition_path(image),
        image.get_rendition("max-165x165").url,
        image.file.url,
        document.url,
    ):
        assert_refused(path, QINGSHAN, stranger)


def test_superuser_sees_everything(image: PortalImage) -> None:
    superuser = get_user_model().objects.create_superuser("root", password="secret")

    assert get(rendition_path(image), None, superuser).status_code == 200


def test_user_without_admin_access_is_refused(image: PortalImage) -> None:
    editor = create_media_editor("editor", image.collection)
    editor.groups.get().permissions.clear()

    assert_refused(rendition_path(image), None, editor)


def test_document_of_a_live_page_is_a_download(
    document: PortalDocument, used: set
) -> None:
    used.add((QINGSHAN.pk, "document", document.pk))

    response = get(document.url, QINGSHAN)

    assert b"".join(response.streaming_content) == samples.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(samples.pdf()))
    assert response["X-Content-Type-Options"] == "nosniff"
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    # 法律援助申请表.pdf
    assert disposition.endswith("%E8%A1%A8.pdf")


def test_document_of_another_portal_is_refused(
    document: PortalDocument, used: set
) -> None:
    used.add((QINGSHAN.pk, "document", document.pk))

    assert_refused(document.url, BAIHE)
    assert_refused(document.url, None)


def test_document_under_a_guessed_name_is_refused(
    document: PortalDocument, used: set
) -> None:
    used.add((QINGSHAN.pk, "document", document.pk))

    assert_refused(f"/media/documents/{document.pk}/other.pdf", QINGSHAN)


def test_unchanged_picture_is_not_sent_again(image: PortalImage, used: set) -> None:
    used.add((QINGSHAN.pk, "image", image.pk))
    path = rendition_path(image)
    etag = get(path, QINGSHAN)["ETag"]

    response = get(path, QINGSHAN, **{"If-None-Match": etag})

    assert response.status_code == 304


def test_posting_is_refused(image: PortalImage) -> None:
    path = rendition_path(image)
    request = RequestFactory().post(path)
    match = resolve(path)

    assert match.func(request, **match.kwargs).status_code == 405


def test_nothing_is_public_without_a_registered_check(image: PortalImage) -> None:
    assert_refused(rendition_path(image), SimpleNamespace(pk=-1))
