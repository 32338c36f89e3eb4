"""The picture and document models of all portals; a collection belongs to one portal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext, gettext_lazy
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from media.names import document_upload_to


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
        "alt_text_zh_hans",
        "is_decorative",
        "credit",
        "consent",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
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
    file = models.FileField(gettext_lazy("文件"), upload_to=document_upload_to)

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = gettext_lazy("文件")
        verbose_name_plural = gettext_lazy("文件")
        permissions = [("choose_document", gettext_lazy("可以选用文件"))]
