"""A folder or a host compared with its manifest: what somebody changed there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.management import CommandError, call_command

from home.signing import private_key_file
from publishing.sites import manifest, signing
from publishing.sites.checking import (
    MissingManifestError,
    UnreachableError,
    WrongSignatureError,
    check_folder,
    check_url,
)
from publishing.sites.site import Site
from tests.publishing.sites.making import HOST, OLD, change, current, made


class Handler(SimpleHTTPRequestHandler):
    """A county's web server: one address is broken, one missing page has a page."""

    before: Callable[[str], None] = staticmethod(lambda _path: None)

    def do_GET(self) -> None:
        type(self).before(self.path)
        if self.path == "/broken/index.html":
            self.send_error(500)
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The address under which the site is served."""
    handler = partial(Handler, directory=str(current(site)))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_folder_that_nobody_touched_is_clean(site: Site) -> None:
    report = check_folder(current(site))
    assert report.is_clean
    assert report.files == len(OLD)


def test_what_was_changed_removed_and_added_is_named(site: Site) -> None:
    (current(site) / "index.html").write_text("被黑了")
    (current(site) / "a/index.html").unlink()
    (current(site) / "webshell.php").write_text("x")
    report = check_folder(current(site))
    assert report.changed == ["index.html"]
    assert report.missing == ["a/index.html"]
    assert report.extra == ["webshell.php"]


def test_a_change_of_one_byte_in_a_file_of_the_same_size_is_found(site: Site) -> None:
    file = current(site) / "a/index.html"
    file.write_text("乙")
    assert check_folder(current(site)).changed == ["a/index.html"]


def test_a_manifest_that_was_changed_along_is_no_help(site: Site) -> None:
    root = current(site) / manifest.NAME
    root.write_bytes(root.read_bytes().replace(HOST.encode(), b"boese.example"))
    with pytest.raises(WrongSignatureError):
        check_folder(current(site))


def test_a_signature_that_is_no_signature_is_wrong(site: Site) -> None:
    for words in ("", "x", "中"):
        (current(site) / manifest.SIGNATURE).write_text(words)
        with pytest.raises(WrongSignatureError):
            check_folder(current(site))
    (current(site) / manifest.SIGNATURE).unlink()
    with pytest.raises(WrongSignatureError):
        check_folder(current(site))


def test_another_key_does_not_do(site: Site) -> None:
    with pytest.raises(WrongSignatureError):
        check_folder(current(site), Ed25519PrivateKey.generate().public_key())


def test_a_shard_that_was_changed_is_named_and_the_others_are_checked(
    site: Site,
) -> None:
    shard = manifest.shard_name(manifest.shard_of("index.html"))
    file = current(site) / shard
    file.write_bytes(file.read_bytes().replace(b'"status": 200', b'"status": 404'))
    (current(site) / "a/index.html").write_text("乱")
    report = check_folder(current(site))
    assert report.changed == ["a/index.html", shard]
    assert report.extra == []  # index.html is not taken for a stranger


def test_without_a_manifest_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(MissingManifestError):
        check_folder(tmp_path)


def test_a_host_is_compared_file_by_file(site: Site, served: str) -> None:
    assert check_url(served).is_clean
    change(site, {"broken/index.html": "x", "weiß/ü ?.html": "y"})
    (current(site) / "index.html").write_text("被黑了")
    (current(site) / "a/index.html").unlink()
    report = check_url(f"{served}/")
    assert report.changed == ["index.html"]
    assert report.missing == ["a/index.html"]
    assert report.unreachable == [("broken/index.html", "HTTP 500")]
    assert report.files == len(OLD) + 2


def test_a_host_that_does_not_answer_is_an_error_of_its_own(served: str) -> None:
    port = int(served.rpartition(":")[2])
    with pytest.raises(UnreachableError, match="refused"):
        check_url(f"http://127.0.0.1:{1 if port != 1 else 2}")


def test_a_site_that_is_published_while_it_is_checked_is_no_difference(
    site: Site, served: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def publish_once(path: str) -> None:
        asked.append(path)
        if path == "/manifest.sig" and asked.count(path) == 1:
            other = Site.of(HOST, site.folder.parent)
            change(other, {"a/index.html": "改"})
            other.close()

    monkeypatch.setattr(Handler, "before", staticmethod(publish_once))
    assert check_url(served).is_clean
    assert asked.count("/manifest.sig") == 2


def test_the_manifest_names_what_a_file_depends_on_if_it_has_an_answer(
    site: Site,
) -> None:
    facts = {("card", "12", "zh-hans"): "abc", ("card", "99", "zh-hans"): ""}
    with site.change_run("test") as run:
        run.put(*made("a/index.html", "改", facts=facts))
    shard = manifest.shard_name(manifest.shard_of("a/index.html"))
    entries = manifest.entries_in((current(site) / shard).read_bytes())
    found = {entry.path: entry for entry in entries}["a/index.html"]
    assert found.facts == ("card 12 zh-hans",)
    assert (found.size, found.status) == (3, 200)
    with site.change_run("test") as run:
        # Another file read the same fact, and it has an answer now.
        facts = {("card", "99", "zh-hans"): "da"}
        run.put(*made("b/index.html", "乙", facts=facts))
    entries = manifest.entries_in((current(site) / shard).read_bytes())
    found = {entry.path: entry for entry in entries}["a/index.html"]
    assert found.facts == ("card 12 zh-hans", "card 99 zh-hans")


def test_the_private_key_is_for_its_owner_only() -> None:
    signing.sign(b"x")
    mode = private_key_file(signing.NAME).stat().st_mode
    assert mode & 0o077 == 0


# The command


def verify(*words: object) -> tuple[str, str]:
    """What the command says, and what it ends with."""
    out = StringIO()
    try:
        call_command("verify_host", *map(str, words), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_command_tells_that_all_is_well(site: Site, served: str) -> None:
    for place in (site.folder, current(site), served):
        told, error = verify(place)
        assert f"{len(OLD)} 个文件，全部一致" in told
        assert error == ""
    assert "多出的文件" in told


def test_the_command_names_every_difference_and_fails(site: Site) -> None:
    (current(site) / "index.html").write_text("被黑了")
    (current(site) / "a/index.html").unlink()
    (current(site) / "webshell.php").write_text("x")
    told, error = verify(site.folder)
    assert told.splitlines() == [
        "被改动：index.html",
        "缺少：a/index.html",
        "多出：webshell.php",
    ]
    assert "被改动 1 个，缺少 1 个，多出 1 个" in error


def test_the_command_takes_the_key_of_another_installation(
    site: Site, tmp_path: Path
) -> None:
    key = tmp_path / "key.pub"
    key.write_bytes(signing.public_key_file().read_bytes())
    assert verify(site.folder, "--public-key", key)[1] == ""
    other = Ed25519PrivateKey.generate().public_key()
    key.write_bytes(other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert "签名不对" in verify(site.folder, "--public-key", key)[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["/gibt/es/nicht"], "没有这个文件夹"),
        (["ftp://sfj.example"], "地址不对"),
        (["http://"], "地址不对"),
        (["http://127.0.0.1:1"], "打不开"),
        (["{folder}"], "没有清单"),
        (["{folder}", "--public-key", "/gibt/es/nicht"], "没有公钥文件"),
        (["{folder}", "--public-key", "{folder}"], "不是公钥文件"),
        (["{folder}", "--public-key", __file__], "不是公钥文件"),
    ],
)
def test_the_command_says_what_is_wrong(
    site: Site, tmp_path: Path, words: list[str], told: str
) -> None:
    assert told in verify(*[word.format(folder=tmp_path) for word in words])[1]
