"""A file becomes a draft: page, original, findings; by command and in the admin."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from articles.models import ImportedOriginal, InterpretationPage, PolicyDocumentPage
from articles.originals.drafts import AlreadyImportedError, ImportOrder, import_document
from tests.articles.document_import.corpus import FOLDER, content
from tests.factories import PortalFixture, TwoPortals

pytestmark = pytest.mark.django_db


def bring_in(place: PortalFixture, name: str, **options: Any) -> ImportedOriginal:
    order = ImportOrder(content(name), name, place.portal, place.column, **options)
    return import_document(order)


def own_client(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def upload(client: Client, place: PortalFixture, name: str, data: bytes = b"") -> Any:
    file = SimpleUploadedFile(name, data or content(name))
    values = {"file": file, "column": place.column.pk, "kind": ""}
    return client.post(reverse("import_document"), values)


def test_a_document_is_a_draft_with_its_own_number_and_dates(
    portals: TwoPortals,
) -> None:
    original = bring_in(portals.qingshan, "three_plans.txt")
    page = PolicyDocumentPage.objects.get(pk=original.page_id)
    assert not page.live
    assert page.first_published_at is None
    assert page.index_number == "900002008/2026-8331"
    assert page.issued_on == date(2026, 4, 10)
    assert (page.disclosure, page.validity) == ("active", "valid")
    kinds = [block["type"] for block in page.body_zh_hans.raw_data]
    assert kinds.count("part") == 3
    assert original.file.read() == content("three_plans.txt")
    assert original.header["host_site_code"] == "9000020007"
    assert "several_parts" in {finding["code"] for finding in original.findings}
    assert page.get_latest_revision_as_object().index_number == page.index_number


def test_an_interpretation_names_its_interpreter(portals: TwoPortals) -> None:
    original = bring_in(portals.qingshan, "interpretation.txt")
    page = InterpretationPage.objects.get(pk=original.page_id)
    assert page.interpreter == "韦 兰"
    assert page.interpreter_title == "柳溪县司法局局长"
    assert page.document is None
    assert page.body_zh_hans.raw_data[0]["value"]["text"] == "一、政策出台的背景依据"


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir()))
def test_every_draft_opens_in_the_editor(portals: TwoPortals, name: str) -> None:
    original = bring_in(portals.qingshan, name)
    client = own_client(portals.qingshan.editor)
    address = reverse("wagtailadmin_pages:edit", args=[original.page_id])
    text = client.get(address).content.decode()
    assert "下载原文件" in text
    assert original.shown_findings()[0]["sentence"] in text


def test_markup_in_the_text_is_text(portals: TwoPortals) -> None:
    data = "标题: 通知\n\n<script>alert(1)</script>请各单位认真执行。\n".encode()
    order = ImportOrder(
        data, "a.txt", portals.qingshan.portal, portals.qingshan.column, "document"
    )
    page = import_document(order).page.specific
    assert page.body_zh_hans.raw_data[0]["value"].startswith("<p>&lt;script&gt;")


def test_the_same_file_twice_is_refused_with_the_draft(portals: TwoPortals) -> None:
    first = bring_in(portals.qingshan, "three_plans.txt")
    with pytest.raises(
        AlreadyImportedError, match=f"/admin/pages/{first.page_id}/edit/"
    ):
        bring_in(portals.qingshan, "three_plans.txt")
    assert ImportedOriginal.objects.count() == 1
    # Another portal may have the same file.
    assert bring_in(portals.baihe, "three_plans.txt").pk
    again = bring_in(portals.qingshan, "three_plans.txt", again=True)
    assert again.findings[0]["code"] == "index_number_taken"


def test_a_column_of_another_portal_is_refused_and_nothing_written(
    portals: TwoPortals,
) -> None:
    order = ImportOrder(
        content("three_plans.txt"),
        "a.txt",
        portals.qingshan.portal,
        portals.baihe.column,
    )
    with pytest.raises(Exception, match="不属于要导入的门户"):
        import_document(order)
    assert not PolicyDocumentPage.objects.exists()
    assert not ImportedOriginal.objects.exists()


def test_the_file_goes_with_its_page(
    portals: TwoPortals, django_capture_on_commit_callbacks: Any
) -> None:
    original = bring_in(portals.qingshan, "three_plans.txt")
    path = Path(original.file.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        original.page.specific.delete()
        assert path.exists()
    assert not path.exists()


# --- the command ------------------------------------------------------------------------


def run(*words: str) -> str:
    out = StringIO()
    call_command("import_document", *words, stdout=out, no_color=True)
    return out.getvalue()


def test_the_command_prints_what_it_found(portals: TwoPortals) -> None:
    place = portals.qingshan
    shown = run(
        str(FOLDER / "lost_characters.txt"),
        f"--portal={place.host}",
        f"--column={place.column.slug}",
    )
    assert "严重：这里像是漏了字" in shown
    assert "第 31 行" in shown
    assert "已导入为草稿" in shown
    assert PolicyDocumentPage.objects.child_of(place.column).count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", None, "没有这个文件"),
        ("a.txt", b"", "文件是空的"),
        ("a.txt", bytes(range(256)) * 40, "看不懂文件的编码"),
        ("a.txt", b"\xe4" * 2_200_000, "不能大于"),
        ("a.pdf", b"%PDF-1.4", "只能导入"),
    ],
)
def test_the_command_refuses_in_chinese_and_writes_nothing(
    portals: TwoPortals, tmp_path: Path, name: str, data: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    place = portals.qingshan
    with pytest.raises(CommandError, match=words):
        run(str(path), f"--portal={place.host}", f"--column={place.column.slug}")
    assert not ImportedOriginal.objects.exists()


def test_the_command_names_known_portals_and_columns(portals: TwoPortals) -> None:
    file = str(FOLDER / "three_plans.txt")
    with pytest.raises(CommandError, match=portals.baihe.host):
        run(file, "--portal=nowhere.example")
    with pytest.raises(CommandError, match=portals.qingshan.column.slug):
        run(file, f"--portal={portals.qingshan.host}", "--column=nothing")


# --- the admin --------------------------------------------------------------------------


def test_an_upload_leads_to_the_editor(portals: TwoPortals) -> None:
    place = portals.qingshan
    client = own_client(place.editor)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("import_document") in home  # in the menu
    assert "放到哪个栏目" in client.get(reverse("import_document")).content.decode()
    response = upload(client, place, "notice.html")
    original = ImportedOriginal.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[original.page_id])
    assert original.imported_by == place.editor
    assert not original.page.live


def test_an_author_may_change_what_she_imported(portals: TwoPortals) -> None:
    client = own_client(portals.qingshan.author)
    response = upload(client, portals.qingshan, "three_plans.txt")
    assert client.get(response.url).status_code == 200
    original = ImportedOriginal.objects.get()
    file = client.get(reverse("original_file", args=[original.pk]))
    assert file.status_code == 200


def test_a_wrong_upload_says_why(portals: TwoPortals) -> None:
    client = own_client(portals.qingshan.editor)
    response = upload(client, portals.qingshan, "a.txt", b"%PDF-1.7")
    assert "这是 PDF 格式的文件" in response.content.decode()
    assert not ImportedOriginal.objects.exists()


def test_nobody_imports_into_another_portal(portals: TwoPortals) -> None:
    client = own_client(portals.qingshan.editor)
    assert upload(client, portals.baihe, "three_plans.txt").status_code == 200
    assert not ImportedOriginal.objects.exists()
    own = own_client(portals.baihe.editor)
    assert upload(own, portals.baihe, "three_plans.txt").status_code == 302
    assert ImportedOriginal.objects.get().portal == portals.baihe.portal


@pytest.mark.parametrize("name", ["original_file", "original_findings"])
def test_originals_are_for_those_who_edit_the_page(
    portals: TwoPortals, name: str
) -> None:
    original = bring_in(portals.qingshan, "three_plans.txt")
    address = reverse(name, args=[original.pk])
    assert own_client(portals.qingshan.editor).get(address).status_code == 200
    assert own_client(portals.baihe.editor).get(address).status_code == 404
    assert own_client(portals.baihe.admin).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_file_is_sent_as_it_came_and_never_opened(portals: TwoPortals) -> None:
    original = bring_in(portals.qingshan, "notice.html")
    client = own_client(portals.qingshan.editor)
    response = client.get(reverse("original_file", args=[original.pk]))
    assert b"".join(response.streaming_content) == content("notice.html")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    public = client.get(f"/media/{original.file.name}")
    assert public.status_code == 404


def test_findings_are_ticked_off(portals: TwoPortals) -> None:
    original = bring_in(portals.qingshan, "lost_characters.txt")
    client = own_client(portals.qingshan.editor)
    address = reverse("original_findings", args=[original.pk])
    foreign = own_client(portals.baihe.editor)
    assert foreign.post(address, {"done": ["0"]}).status_code == 404
    client.post(address, {"done": ["0", "2"]})
    original.refresh_from_db()
    open_ones = [finding["number"] for finding in original.open_findings()]
    assert 0 not in open_ones
    assert 2 not in open_ones
    assert 1 in open_ones
