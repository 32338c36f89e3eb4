from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from media.document_checks import clean_document
from tests.media import samples

OFD = samples.archive({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<d/>"})
PROGRAM = b"MZ\x90\0" + b"\0" * 300
HTML = "<!DOCTYPE html><html><body>通知</body></html>".encode()


def upload(name: str, content: bytes) -> ContentFile:
    return clean_document(ContentFile(content, name=name))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        upload(name, content)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("申请表.pdf", samples.pdf()),
        ("通知.docx", samples.docx()),
        ("名单.xlsx", samples.office_package("xl/workbook.xml")),
        ("课件.pptx", samples.office_package("ppt/presentation.xml")),
        ("公文.ofd", OFD),
        ("通知.doc", samples.ole("WordDocument", "1Table")),
        ("通知.wps", samples.ole("WordDocument", "WpsCustomData")),
        ("名单.xls", samples.ole("Workbook")),
        ("课件.ppt", samples.ole("PowerPoint Document")),
        ("名单.csv", "姓名,村\n张三,青山村\n".encode("gb18030")),
        ("说明.txt", "第一条　说明\n".encode("utf-8-sig")),
        ("宣讲.mp4", samples.mp4()),
        ("宣讲.mp4", samples.mp4("av01", b"mp42")),
        ("宣讲.webm", samples.webm()),
        ("宣讲.webm", samples.webm(b"V_VP9")),
        ("字幕.vtt", samples.captions()),
        ("字幕.vtt", b"\xef\xbb\xbf" + samples.captions().replace(b"\n", b"\r\n")),
        ("材料.zip", samples.archive({"表/申请表.pdf": samples.pdf()})),
        ("照片.zip", samples.archive({"1.jpg": samples.photo()})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_real_document_is_kept_byte_for_byte(name: str, content: bytes) -> None:
    file = upload(name, content)

    assert file.read() == content
    assert file.name.isascii()
    assert file.name.rsplit(".", 1)[1] == name.rsplit(".", 1)[1]


@pytest.mark.parametrize(
    "extension",
    ["pdf", "docx", "doc", "ofd", "txt", "csv", "xls", "mp4", "webm", "vtt"],
)
@pytest.mark.parametrize("content", [PROGRAM, HTML], ids=["program", "html"])
def test_renamed_program_or_web_page_is_refused(extension: str, content: bytes) -> None:
    assert refusal(f"通知.{extension}", content) == "content_mismatch"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.xlsx", samples.docx()),
        ("通知.docx", samples.archive({"readme.txt": b"text"})),
        ("公文.ofd", samples.docx()),
        ("通知.doc", samples.ole("Workbook")),
        # An installer (.msi) is an OLE file too.
        ("通知.doc", samples.ole("Property", "InstallExecuteSequence")),
        ("通知.docx", samples.ole("WordDocument")),
        ("通知.doc", b"{\\rtf1 text}"),
        ("说明.txt", b"#!/bin/sh\nrm -rf /\n"),
        ("宣讲.mp4", samples.webm()),
        ("宣讲.webm", samples.mp4()),
        # A recording of an iPhone, and a film of a Matroska.
        ("宣讲.mp4", samples.mp4(brand=b"qt  ")),
        ("宣讲.webm", samples.webm(doctype=b"matroska")),
        ("宣讲.webm", samples.webm(b"V_MPEG4/ISO/AVC")),
        # Cut off on the way.
        ("宣讲.mp4", samples.mp4()[:-20]),
        ("宣讲.mp4", samples.box("ftyp", b"isom") + samples.box("mdat", b"x")),
        ("宣讲.mp4", b"\0\0\0\x08ftyp" + PROGRAM),
        ("字幕.vtt", "1\n00:00:00,000 --> 00:00:04,000\n先投诉\n".encode()),
        ("字幕.vtt", samples.captions().decode().encode("gb18030")),
        ("字幕.vtt", b"WEBVTT\n\n"),
    ],
)
def test_content_of_another_type_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == "content_mismatch"


@pytest.mark.parametrize(
    "name", ["脚本.html", "程序.exe", "宏.docm", "图.svg", "没有扩展名", "a.pdf.exe"]
)
def test_extension_off_the_list_is_refused(name: str) -> None:
    assert refusal(name, samples.pdf()) == "invalid_extension"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.docx", samples.docx(**{"word/vbaProject.bin": b"macro"})),
        ("通知.docx", samples.docx(types=b"vnd.ms-word.document.macroEnabled.main")),
        ("名单.xls", samples.ole("Workbook", "_VBA_PROJECT")),
        ("通知.doc", samples.ole("WordDocument", "Macros")),
    ],
)
def test_macros_are_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == "macros"


def test_video_that_many_phones_cannot_play_is_refused() -> None:
    assert refusal("宣讲.mp4", samples.mp4("hvc1")) == "unplayable"


def test_sound_without_a_picture_is_no_video() -> None:
    assert refusal("宣讲.mp4", samples.mp4("mp4a")) == "unplayable"


def test_video_may_be_larger_than_other_documents(settings) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    settings.VIDEO_MAX_UPLOAD_SIZE = 10_000

    assert upload("宣讲.mp4", samples.mp4()).size > 10


def test_video_over_its_own_size_limit_is_refused(settings) -> None:
    settings.VIDEO_MAX_UPLOAD_SIZE = 10

    assert refusal("宣讲.mp4", samples.mp4()) == "file_too_large"


def test_document_with_a_password_is_refused() -> None:
    assert refusal("通知.docx", samples.ole("EncryptedPackage")) == "encrypted"


@pytest.mark.parametrize(
    "members",
    [
        {"安装.exe": PROGRAM},
        {"通知.pdf": PROGRAM},
        {"照片.jpg": HTML},
        {"里面.zip": samples.archive({"a.txt": b"text"})},
        {"宏.docm": samples.docx()},
        {"没有扩展名": b"text"},
    ],
    ids=["program", "renamed", "picture", "nested", "macros", "bare"],
)
def test_zip_with_something_else_inside_is_refused(members: dict[str, bytes]) -> None:
    with pytest.raises(ValidationError):
        upload("材料.zip", samples.archive(members))


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/cron.txt", "..\\a.txt"])
def test_zip_that_climbs_out_of_its_folder_is_refused(name: str) -> None:
    assert refusal("材料.zip", samples.archive({name: b"text"})) == "bad_archive"


@pytest.mark.parametrize("name", ["材料.zip", "通知.docx"])
def test_zip_bomb_is_refused_without_unpacking(name: str) -> None:
    bomb = samples.archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": b"\0" * 30_000_000,
        }
    )
    assert len(bomb) < 100_000

    assert refusal(name, bomb) == "bad_archive"


def test_damaged_zip_is_refused() -> None:
    content = samples.archive({"a.txt": b"some text" * 100})

    assert refusal("材料.zip", content[:-30]) == "bad_archive"


def test_document_over_the_size_limit_is_refused(settings) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10

    assert refusal("申请表.pdf", samples.pdf()) == "file_too_large"


def test_empty_file_is_refused() -> None:
    assert refusal("说明.txt", b"") == "empty_file"
