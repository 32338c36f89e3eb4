"""Pictures, documents and the people of two portals' collections."""

from __future__ import annotations

from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from wagtail.models import Collection, GroupCollectionPermission

from media.models import Consent, PortalDocument, PortalImage
from media.renditions import make_renditions
from tests.media import samples

MEDIA_PERMISSIONS = [
    ("wagtailimages", "add_image"),
    ("wagtailimages", "change_image"),
    ("wagtailimages", "choose_image"),
    ("wagtaildocs", "add_document"),
    ("wagtaildocs", "change_document"),
    ("wagtaildocs", "choose_document"),
]


class PortalImageFactory(factory.django.DjangoModelFactory):
    """A picture that may be published. ``with_renditions`` makes its sizes at once."""

    class Meta:
        model = PortalImage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"调解现场 {n}")
    file = factory.LazyFunction(
        lambda: ContentFile(samples.photo(), name="现场照片.jpg")
    )
    alt_text_zh_hans = "调解员在院坝里听两户村民说话"
    consent = Consent.NOBODY

    @factory.post_generation
    def with_renditions(self, create: bool, wanted: bool, **_kwargs: Any) -> None:
        if create and wanted:
            make_renditions(self)


class PortalDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PortalDocument

    title = factory.Sequence(lambda n: f"法律援助申请表 {n}")
    file = factory.LazyFunction(lambda: ContentFile(samples.pdf(), name="申请表.pdf"))


def create_collection(name: str) -> Collection:
    return Collection.get_first_root_node().add_child(name=name)


def create_media_editor(username: str, *collections: Collection) -> Any:
    """Somebody who may add, change and choose in these collections, nowhere else."""
    group = Group.objects.create(name=username)
    group.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
    )
    for app_label, codename in MEDIA_PERMISSIONS:
        permission = Permission.objects.get(
            content_type__app_label=app_label, codename=codename
        )
        for collection in collections:
            GroupCollectionPermission.objects.create(
                group=group, collection=collection, permission=permission
            )
    user = get_user_model().objects.create_user(username=username, password="secret")
    user.groups.add(group)
    return user
