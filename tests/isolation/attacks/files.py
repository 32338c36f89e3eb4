"""Files to send."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.media import samples


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("tu.jpg", samples.photo(), "image/jpeg")


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("wenjian.pdf", samples.pdf(), "application/pdf")


def text(
    content: str = "关于做好某事的通知\n\n各司法所：\n现将有关事项通知如下。",
) -> SimpleUploadedFile:
    return SimpleUploadedFile("gongwen.txt", content.encode(), "text/plain")
