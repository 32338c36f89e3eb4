from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from media.models import Consent, PortalDocument, PortalImage
from tests.media import samples
from tests.media.factories import PortalDocumentFactory, PortalImageFactory

pytestmark = pytest.mark.django_db


def assert_clean(image: PortalImage) -> None:
    image.refresh_from_db()
    assert (image.width, image.height) == (20, 40)
    with image.open_file() as file:
        content = file.read()
        assert not Image.open(file).getexif()
    assert image.file_size == len(content)
    assert image.file_hash and image.file.name.isascii()


def phone_photo() -> ContentFile:
    return ContentFile(samples.phone_photo(), name="院坝.jpg")


def test_picture_saved_by_code_is_clean() -> None:
    assert_clean(PortalImage.objects.create(title="院坝", file=phone_photo()))


def test_picture_stored_through_its_file_is_clean() -> None:
    """The way of Wagtail's multiple upload."""
    image = PortalImage(title="院坝")
    image.file.save("院坝.jpg", phone_photo(), save=False)
    image.save()

    assert_clean(image)


def test_picture_created_in_bulk_is_clean() -> None:
    PortalImage.objects.bulk_create([PortalImage(title="院坝", file=phone_photo())])

    assert_clean(PortalImage.objects.get())


def test_picture_that_gets_another_file_is_clean() -> None:
    image = PortalImageFactory()
    image.file = phone_photo()
    image.save()

    assert_clean(image)


def test_file_stays_the_same_when_only_the_text_changes() -> None:
    image = PortalImageFactory()
    before = (image.file.name, image.file_hash)
    image = PortalImage.objects.get()
    image.title = "新标题"
    image.save()

    image.refresh_from_db()
    assert (image.file.name, image.file_hash) == before


@pytest.mark.parametrize("model", [PortalImage, PortalDocument])
def test_web_page_is_never_stored(model: type) -> None:
    with pytest.raises(ValidationError), transaction.atomic():
        model.objects.create(
            title="网页", file=ContentFile(b"<html></html>", name="a.pdf")
        )

    assert not model.objects.exists()


def test_picture_without_alternative_text_has_a_problem() -> None:
    problems = PortalImageFactory(
        title="现场", alt_text_zh_hans=" "
    ).publication_problems()

    assert problems == ["图片“现场”没有替代文字，请在图片库中用一句话说明画面内容。"]


def test_decorative_picture_needs_no_alternative_text() -> None:
    image = PortalImageFactory(alt_text_zh_hans="", is_decorative=True)

    assert image.publication_problems() == []


def test_text_in_another_language_does_not_replace_the_chinese_one() -> None:
    image = PortalImageFactory(alt_text_zh_hans="", alt_text_en="Two villagers")

    assert len(image.publication_problems()) == 1


@pytest.mark.parametrize(
    ("consent", "count"),
    [(Consent.NOBODY, 0), (Consent.ON_FILE, 0), (Consent.UNCLEAR, 1)],
)
def test_unclear_consent_is_a_problem(consent: str, count: int) -> None:
    problems = PortalImageFactory(consent=consent).publication_problems()

    assert len(problems) == count
    assert all("人物肖像" in problem for problem in problems)


def test_consent_is_unclear_until_somebody_says_so() -> None:
    assert PortalImage().consent == Consent.UNCLEAR


def test_document_knows_type_size_and_address() -> None:
    document = PortalDocumentFactory()

    assert document.type_label == "PDF"
    assert document.file_size == len(samples.pdf())
    assert document.size_label
    assert document.url == f"/media/documents/{document.pk}/{document.filename}"
    assert document.url.isascii()


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("法律援助申请表", 0),
        ("扫描件001.PDF", 1),
        ("申请表.docx", 1),
        ("第1.2条说明", 0),
    ],
)
def test_document_titled_with_a_file_name_has_a_problem(title: str, count: int) -> None:
    assert len(PortalDocumentFactory(title=title).publication_problems()) == count
