"""The picture and document models of all portals; a collection belongs to one portal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, gettext_lazy
from modeltranslation.utils import build_localized_fieldname
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from media.fields import PortalDocumentFile, PortalImageFile
from media.names import document_path, extension_of

ALT_TEXT_FIELDS = tuple(
    build_localized_fieldname("alt_text", language)
    for language in settings.MODELTRANSLATION_LANGUAGES
)


class Consent(models.TextChoices):
    NOBODY = "nobody", gettext_lazy("画面中没有能认出的人")
    ON_FILE = "on_file", gettext_lazy("画面中的人已书面同意，同意书已存档")
    UNCLEAR = "unclear", gettext_lazy("还没有弄清楚")


class PortalImage(AbstractImage):
    alt_text = models.CharField(
        gettext_lazy("替代文字"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy(
            "用一句话说明画面内容，供看不见图片的人听读，例如“调解员在院坝里听两户村民讲述田埂纠纷”。"
            "发布前必须填写；不要写“图片”二字，也不要照抄图片标题。"
        ),
    )
    is_decorative = models.BooleanField(
        gettext_lazy("只起装饰作用"),
        default=False,
        help_text=gettext_lazy(
            "花边、底纹这类没有内容的图片才勾选；勾选后可以不填替代文字。"
        ),
    )
    credit = models.CharField(
        gettext_lazy("图片来源"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("拍摄人、绘制人或者提供单位，例如“青山县司法局供图”。"),
    )
    consent = models.CharField(
        gettext_lazy("人物肖像"),
        max_length=16,
        choices=Consent.choices,
        default=Consent.UNCLEAR,
        help_text=gettext_lazy(
            "《民法典》第一千零一十九条：未经肖像权人同意，一般不得公开其肖像。"
            "选“还没有弄清楚”的图片可以存着，但用到它的页面不能发布。"
        ),
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        *ALT_TEXT_FIELDS,
        "is_decorative",
        "credit",
        "consent",
    )
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("alt_text_zh_hans"),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = gettext_lazy("图片")
        verbose_name_plural = gettext_lazy("图片")
        permissions = [("choose_image", gettext_lazy("可以选用图片"))]

    # Set by ``PortalImageFile`` when a new file was stored.
    renditions_are_stale = False

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """With what others write when they hear of it, or not at all."""
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """What Wagtail's choosers suggest: never the title, which describes nothing."""
        return self.alt_text_zh_hans or ""

    def publication_problems(self) -> list[str]:
        """Why a page that uses this picture may not be published, in whole sentences."""
        problems = []
        if not self.is_decorative and not (self.alt_text_zh_hans or "").strip():
            problems.append(
                gettext(
                    "图片“%(title)s”没有替代文字，请在图片库中用一句话说明画面内容。"
                )
                % {"title": self.title}
            )
        if self.consent == Consent.UNCLEAR:
            problems.append(
                gettext(
                    "图片“%(title)s”里的人物肖像还没有弄清楚，请在图片库中选明情况。"
                )
                % {"title": self.title}
            )
        return problems


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(
        PortalImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        verbose_name = gettext_lazy("图片的小图")
        verbose_name_plural = gettext_lazy("图片的小图")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_spec",
            )
        ]


class PortalDocument(AbstractDocument):
    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = gettext_lazy("文件")
        verbose_name_plural = gettext_lazy("文件")
        permissions = [("choose_document", gettext_lazy("可以选用文件"))]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """With what others write when they hear of it, or not at all."""
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return document_path(self.pk, self.file.name)

    @property
    def type_label(self) -> str:
        """``PDF``."""
        return self.file_extension.upper()

    @property
    def size_label(self) -> str:
        return filesizeformat(self.get_file_size() or 0)

    def publication_problems(self) -> list[str]:
        """Why a page that uses this document may not be published."""
        title = self.title.strip()
        if not title or extension_of(title) in settings.WAGTAILDOCS_EXTENSIONS:
            return [
                gettext(
                    "文件“%(title)s”还没有写明标题，请在文件库中写上群众看得懂的名称，不带扩展名。"
                )
                % {"title": title or self.filename}
            ]
        return []


# Set here and not by declaring ``file`` again: a field declared again comes last, and
# Django would store width, height, size and hash before the file is clean.
PortalImage._meta.get_field("file").attr_class = PortalImageFile
PortalDocument._meta.get_field("file").attr_class = PortalDocumentFile
