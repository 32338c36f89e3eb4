from __future__ import annotations

import time
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image

from media.attachments import attachments_for
from media.models import Consent, PortalImage, PortalRendition
from media.pictures import pictures_for
from media.renditions import SPECS, make_renditions, widths_for
from tests.media import samples
from tests.media.factories import (
    PortalDocumentFactory,
    PortalImageFactory,
    create_collection,
)


def image_file(width: int, height: int, encoding: str = "JPEG") -> ContentFile:
    content = samples.encode(samples.gradient(width, height), encoding)
    return ContentFile(content, name=f"a.{encoding.lower()}")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((200, 150), (360,)),
        ((360, 200), (360,)),
        ((400, 300), (360,)),
        ((500, 300), (360, 720)),
        ((1100, 800), (360, 720, 1080)),
        ((4000, 3000), (360, 720, 1080, 1600)),
        # 1080 wide it would have eleven million pixels.
        ((1600, 15_000), (360, 720)),
    ],
)
def test_widths_never_exceed_what_the_picture_has(
    size: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert widths_for(*size) == expected


@pytest.mark.django_db
def test_upload_makes_every_size_once(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        image = PortalImageFactory(file=image_file(800, 600))

    made = {
        (rendition.width, rendition.file.name.rsplit(".", 1)[1])
        for rendition in image.renditions.all()
    }
    assert made == {
        (360, "avif"),
        (360, "webp"),
        (720, "avif"),
        (720, "webp"),
        (720, "jpg"),
    }
    assert make_renditions(image) == 0


@pytest.mark.django_db
def test_renditions_are_what_their_names_say() -> None:
    image = PortalImageFactory(file=image_file(800, 600), with_renditions=True)

    for rendition in image.renditions.all():
        with rendition.open_file() as file:
            picture = Image.open(BytesIO(file.read()))
            picture.load()
        assert picture.format.lower() == SPECS[rendition.filter_spec]
        assert picture.size == (rendition.width, rendition.height)


@pytest.mark.django_db
def test_small_picture_is_not_enlarged() -> None:
    image = PortalImageFactory(file=image_file(200, 100), with_renditions=True)

    assert set(image.renditions.values_list("width", "height")) == {(200, 100)}


@pytest.mark.django_db
def test_transparent_drawing_falls_back_to_png() -> None:
    drawing = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    content = ContentFile(samples.encode(drawing, "PNG"), name="a.png")
    image = PortalImageFactory(file=content, with_renditions=True)

    assert image.renditions.filter(filter_spec="width-1080|format-png").count() == 1
    assert not image.renditions.filter(filter_spec__contains="jpeg").exists()


@pytest.mark.django_db
def test_drawing_falls_back_to_the_smaller_png() -> None:
    drawing = Image.new("RGB", (900, 600), "white")
    drawing.paste("navy", (100, 100, 500, 400))
    content = ContentFile(samples.encode(drawing, "PNG"), name="a.png")
    image = PortalImageFactory(file=content, with_renditions=True)

    assert image.renditions.filter(filter_spec="width-1080|format-png").count() == 1
    assert not image.renditions.filter(filter_spec__contains="jpeg").exists()


@pytest.mark.django_db
def test_new_file_replaces_the_renditions(django_capture_on_commit_callbacks) -> None:
    image = PortalImageFactory(file=image_file(800, 600), with_renditions=True)
    old = set(image.renditions.values_list("file", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        image.file = image_file(400, 300)
        image.save()

    new = set(image.renditions.values_list("file", flat=True))
    assert new and not new & old
    assert max(image.renditions.values_list("width", flat=True)) == 360


@pytest.mark.django_db
def test_new_text_makes_no_renditions(django_capture_on_commit_callbacks) -> None:
    PortalImageFactory()
    image = PortalImage.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        image.title = "新标题"
        image.save()

    assert not PortalRendition.objects.exists()


@pytest.mark.django_db
def test_renditions_found_by_wagtail_are_ours(django_assert_num_queries) -> None:
    image = PortalImageFactory(file=image_file(800, 600), with_renditions=True)
    before = PortalRendition.objects.count()

    assert image.get_rendition("width-720|format-webp").width == 720
    assert PortalRendition.objects.count() == before


@pytest.mark.django_db
def test_command_makes_what_is_missing_and_nothing_twice() -> None:
    PortalImage.objects.bulk_create([PortalImage(title="甲", file=image_file(100, 80))])

    call_command("make_renditions")
    made = set(PortalRendition.objects.values_list("pk", flat=True))
    call_command("make_renditions")

    assert len(made) == 3
    assert set(PortalRendition.objects.values_list("pk", flat=True)) == made


@pytest.mark.django_db
@pytest.mark.long
def test_photo_of_a_phone_takes_less_than_three_seconds() -> None:
    started = time.process_time()
    PortalImageFactory(file=image_file(4000, 3000), with_renditions=True)

    # Processor time of two cores: other tests on the machine do not count.
    assert time.process_time() - started < 6


@pytest.mark.django_db
class TestPicturesFor:
    def test_batch_takes_one_query(self, django_assert_num_queries) -> None:
        images = [PortalImageFactory(with_renditions=True) for _ in range(5)]

        with django_assert_num_queries(1):
            pictures = pictures_for([image.pk for image in images], "zh-hans")

        assert set(pictures) == {image.pk for image in images}

    def test_picture_has_fallback_and_sources_from_small_to_large(self) -> None:
        image = PortalImageFactory(
            file=image_file(800, 600), credit="青山县司法局供图", with_renditions=True
        )

        picture = pictures_for([image.pk], "zh-hans")[image.pk]

        assert picture.path.startswith("/media/images/")
        assert picture.path.endswith(".720.jpg")
        assert (picture.width, picture.height) == (720, 540)
        assert picture.credit == "青山县司法局供图"
        assert [source.mime_type for source in picture.sources] == [
            "image/avif",
            "image/webp",
        ]
        for source in picture.sources:
            assert [width for _path, width in source.candidates] == [360, 720]

    def test_alternative_text_is_that_of_the_language(self) -> None:
        image = PortalImageFactory(alt_text_en="Two villagers", with_renditions=True)

        assert pictures_for([image.pk], "en")[image.pk].alt == "Two villagers"
        assert pictures_for([image.pk], "ug")[image.pk].alt == image.alt_text_zh_hans

    def test_decorative_picture_has_empty_text(self) -> None:
        image = PortalImageFactory(
            alt_text_en="left over", is_decorative=True, with_renditions=True
        )

        assert pictures_for([image.pk], "en")[image.pk].alt == ""

    @pytest.mark.parametrize(
        "fields", [{"alt_text_zh_hans": ""}, {"consent": Consent.UNCLEAR}]
    )
    def test_picture_not_ready_shows_in_previews_only(self, fields: dict) -> None:
        image = PortalImageFactory(with_renditions=True, **fields)

        assert pictures_for([image.pk], "zh-hans") == {}
        assert image.pk in pictures_for([image.pk], "zh-hans", ready_only=False)

    def test_thumbnails_of_the_admin_are_left_out(self) -> None:
        image = PortalImageFactory(with_renditions=True)
        image.get_rendition("max-20x20")

        picture = pictures_for([image.pk], "zh-hans")[image.pk]

        paths = [
            path for source in picture.sources for path, _width in source.candidates
        ]
        assert not any("max-20x20" in path for path in [picture.path, *paths])

    def test_picture_outside_the_collection_is_left_out(self) -> None:
        qingshan, baihe = create_collection("青山县"), create_collection("白河县")
        own = PortalImageFactory(
            collection=qingshan.add_child(name="活动"), with_renditions=True
        )
        foreign = PortalImageFactory(collection=baihe, with_renditions=True)

        # Wagtail sorts collections by name, and their paths with them.
        qingshan.refresh_from_db()
        pictures = pictures_for(
            [own.pk, foreign.pk], "zh-hans", collection_path=qingshan.path
        )

        assert set(pictures) == {own.pk}

    def test_unknown_picture_is_left_out(self) -> None:
        assert pictures_for([4711], "zh-hans") == {}


@pytest.mark.django_db
def test_attachments_take_one_query_and_no_file(django_assert_num_queries) -> None:
    documents = [PortalDocumentFactory() for _ in range(3)]
    for document in documents:
        document.file.storage.delete(document.file.name)

    with django_assert_num_queries(1):
        attachments = attachments_for([document.pk for document in documents])

    first = attachments[documents[0].pk]
    assert set(attachments) == {document.pk for document in documents}
    assert first.title == documents[0].title
    assert first.extension == "PDF"
    assert first.size == len(samples.pdf())
    assert first.path == documents[0].url


@pytest.mark.django_db
def test_attachment_outside_the_collection_is_left_out() -> None:
    qingshan, baihe = create_collection("青山县"), create_collection("白河县")
    own = PortalDocumentFactory(collection=qingshan)
    foreign = PortalDocumentFactory(collection=baihe)

    qingshan.refresh_from_db()
    found = attachments_for([own.pk, foreign.pk], collection_path=qingshan.path)

    assert set(found) == {own.pk}
