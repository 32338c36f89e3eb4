"""Pictures and attachments of a demo portal, in its own collection.

A picture is drawn and its sizes are encoded once; the other portals get copies of the
files, because each portal's media library is its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image

from articles.demo import forms, pictures
from articles.demo.drawing.emblems import emblem
from articles.demo.sources import Row
from home.models import Portal, localized
from media.models import Consent, PortalDocument, PortalImage, PortalRendition
from media.names import stored_name
from media.uploads import CleanImageFile

# Keys of the files under which a picture or an attachment is named.
FILE_KEYS = {
    "cover": "image",
    "image": "image",
    "poster": "image",
    "document": "document",
}
ALT_TEXT = localized("alt_text", settings.LANGUAGE_CODE)


def used_files(row: Row) -> Iterator[tuple[str, str]]:
    """("image" or "document", key) of what a page shows, in all its languages.

    Wherever a key is called so, in a block or beside the texts.
    """
    yield from _used(row)


def _used(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            kind = FILE_KEYS.get(key)
            if kind and isinstance(part, str) and part:
                yield kind, part
            else:
                yield from _used(part)
    elif isinstance(value, list):
        for part in value:
            yield from _used(part)


def images_for(portal: Portal, keys: Iterable[str]) -> dict[str, int]:
    """Pictures by key; what the portal's collection has already is taken from there."""
    return {
        key: _image(
            portal,
            key,
            title=pictures.PICTURES[key].title,
            credit=pictures.PICTURES[key].credit,
            **{ALT_TEXT: pictures.PICTURES[key].alt},
        ).pk
        for key in sorted(set(keys) & pictures.PICTURES.keys())
    }


def logo_for(portal: Portal, key: str) -> PortalImage:
    return _image(
        portal,
        f"logo-{key}",
        title=f"{portal.name}徽标",
        credit=pictures.CREDIT,
        **{ALT_TEXT: f"{portal.name}的徽标"},
    )


def _image(portal: Portal, key: str, **values: Any) -> PortalImage:
    same = PortalImage.objects.filter(
        title=values["title"], collection__portal__is_demo=True
    )
    found = same.filter(collection=portal.collection).first()
    if found is not None:
        return found
    pattern = same.first()
    name = f"{portal.host.split('.')[0]}-{key}.png"
    image = PortalImage(
        collection=portal.collection,
        consent=Consent.NOBODY,
        file=_copy(pattern, name) if pattern else ContentFile(_draw(key), name=name),
        **values,
    )
    image.save()
    if pattern is not None:
        _copy_renditions(pattern, image)
    return image


def _draw(key: str) -> bytes:
    output = BytesIO()
    picture: Image.Image = (
        emblem(key.removeprefix("logo-"))
        if key.startswith("logo-")
        else pictures.draw(key)
    )
    # It is encoded once more on its way into the library.
    picture.save(output, "PNG", compress_level=1)
    return output.getvalue()


def _copy(pattern: PortalImage, name: str) -> CleanImageFile:
    with pattern.file.open("rb") as file:
        data = file.read()
    return CleanImageFile(data, name=stored_name(name, data, "png"))


def _copy_renditions(pattern: PortalImage, image: PortalImage) -> None:
    """What is there already is not encoded after the commit."""
    stem = PurePath(image.file.name).stem
    for made in pattern.renditions.all():
        ending = ".".join(PurePath(made.file.name).name.rsplit(".", 2)[1:])
        with made.file.open("rb") as file:
            content = ContentFile(file.read(), name=f"{stem}.{ending}")
        PortalRendition.objects.create(
            image=image,
            filter_spec=made.filter_spec,
            focal_point_key=made.focal_point_key,
            width=made.width,
            height=made.height,
            file=content,
        )


def documents_for(portal: Portal, keys: Iterable[str]) -> dict[str, int]:
    """Attachments by key; what the portal's collection has already is taken."""
    specs = forms.attachments()
    return {
        key: _document(portal, key, specs[key].title, specs[key].file).pk
        for key in sorted(set(keys) & specs.keys())
    }


def _document(portal: Portal, key: str, title: str, file: str) -> PortalDocument:
    found = PortalDocument.objects.filter(
        title=title, collection=portal.collection
    ).first()
    if found is not None:
        return found
    content = ContentFile(forms.read(key), name=f"{portal.host.split('.')[0]}-{file}")
    document = PortalDocument(title=title, collection=portal.collection, file=content)
    document.save()
    return document
