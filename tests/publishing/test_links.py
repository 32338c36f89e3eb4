"""Logical paths, the three forms of links, and which links leave the government."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.links import AddressForm, file_name, language_path, split_language
from home.outward import is_foreign, leave_path, url_digest

HOST = AddressForm("host")
BASE = AddressForm("base", base="/sfj")
RELATIVE = AddressForm("relative")
LANGUAGES = ("zh-hans", "en", "ug")

STEP = st.text(st.sampled_from("abc019-@中 %#?"), min_size=1, max_size=6).filter(
    lambda step: step not in {".", ".."}
)
FOLDERS = st.lists(STEP, max_size=4).map(
    lambda steps: "/" + "".join(f"{step}/" for step in steps)
)
PATHS = st.one_of(FOLDERS, st.builds(lambda folder: f"{folder}feed.xml", FOLDERS))


@pytest.mark.parametrize(
    ("form", "source", "target", "fragment", "expected"),
    [
        (HOST, "/", "/", "", "/"),
        (HOST, "/zixun/a/", "/laws/minfadian/", "t1046", "/laws/minfadian/#t1046"),
        (HOST, "/", "/laws/minfadian/@2021-01-01/", "", "/laws/minfadian/@2021-01-01/"),
        (HOST, "/en/", "/en/topics/", "", "/en/topics/"),
        (BASE, "/zixun/", "/feed.xml", "", "/sfj/feed.xml"),
        (BASE, "/zixun/", "/zixun/", "s1", "/sfj/zixun/#s1"),
        (RELATIVE, "/", "/", "", "index.html"),
        (RELATIVE, "/", "/zixun/", "", "zixun/index.html"),
        (RELATIVE, "/zixun/", "/", "", "../index.html"),
        (RELATIVE, "/zixun/a/", "/zixun/b/", "", "../../zixun/b/index.html"),
        (RELATIVE, "/zixun/a/", "/en/zixun/a/", "", "../../en/zixun/a/index.html"),
        (RELATIVE, "/zixun/", "/zixun/", "", "../zixun/index.html"),
        (RELATIVE, "/zixun/", "/zixun/", "s1", "#s1"),
        (RELATIVE, "/a/", "/laws/x/", "t17-1", "../laws/x/index.html#t17-1"),
        (RELATIVE, "/404.html", "/theme.css", "", "theme.css"),
        (RELATIVE, "/a/b/", "/feed.xml", "", "../../feed.xml"),
        (RELATIVE, "/", "/media/文件 1.pdf", "", "media/%E6%96%87%E4%BB%B6%201.pdf"),
        (HOST, "/", "/x/", "第一章", "/x/#%E7%AC%AC%E4%B8%80%E7%AB%A0"),
    ],
)
def test_each_form_writes_its_own_link(
    form: AddressForm, source: str, target: str, fragment: str, expected: str
) -> None:
    assert form.href(target, source=source, fragment=fragment) == expected


@given(source=PATHS, target=PATHS, fragment=st.sampled_from(["", "t1", "第一 条"]))
def test_a_relative_link_leads_from_file_to_file(
    source: str, target: str, fragment: str
) -> None:
    link = RELATIVE.href(target, source=source, fragment=fragment)
    parts = urlsplit(link)
    assert not parts.scheme and not parts.netloc and not link.startswith("/")
    folder = posixpath.dirname(file_name(source))
    reached = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    assert (reached if parts.path else file_name(source)) == file_name(target)
    assert unquote(parts.fragment) == fragment


@given(source=PATHS, target=PATHS)
def test_relative_links_work_on_a_host_below_a_path_and_in_a_folder(
    source: str, target: str
) -> None:
    link = RELATIVE.href(target, source=source)
    for root in ("https://example.org/", "https://example.org/a/b/", "file:///usb/x/"):
        reached = urljoin(
            root + AddressForm().href(f"/{file_name(source)}", source="/")[1:], link
        )
        assert unquote(reached) == root + file_name(target)


def test_an_absolute_address_needs_a_public_base() -> None:
    assert RELATIVE.absolute("/zixun/") == ""
    form = AddressForm("relative", public_base="https://sfj.example.gov.cn/p")
    assert form.absolute("/zixun/表/") == (
        "https://sfj.example.gov.cn/p/zixun/%E8%A1%A8/"
    )


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", ("zh-hans", "/")),
        ("/en/", ("en", "/")),
        ("/en/zixun/a/", ("en", "/zixun/a/")),
        ("/zixun/en/", ("zh-hans", "/zixun/en/")),
        ("/bo/zixun/", ("zh-hans", "/bo/zixun/")),  # not switched on here
        ("/zh-hans/zixun/", ("zh-hans", "/zh-hans/zixun/")),  # has no prefix
        ("/english/", ("zh-hans", "/english/")),
        ("/en", ("zh-hans", "/en")),
        # A second slash would make the rest a host: //en/ is nobody's page.
        ("//en/zixun/", ("zh-hans", "//en/zixun/")),
    ],
)
def test_a_language_prefix_is_taken_off(path: str, expected: tuple[str, str]) -> None:
    assert split_language(path, LANGUAGES) == expected


@given(path=PATHS, language=st.sampled_from(LANGUAGES))
def test_a_language_prefix_that_was_put_on_comes_off(path: str, language: str) -> None:
    steps = path.split("/")
    if steps[1] not in LANGUAGES:
        assert split_language(language_path(path, language), LANGUAGES) == (
            language,
            path,
        )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.moj.gov.cn/", False),
        ("http://GOV.CN/", False),
        ("https://www.moj.gov.cn:8443/x", False),
        ("https://qingshan.localhost/zixun/", False),
        ("tel:12348", False),
        ("mailto:a@example.org", False),
        ("https://www.example.com/", True),
        ("https://gov.cn.example.com/", True),
        ("https://notgov.cn/", True),
        ("https://www.moj.gov.cn@example.com/", True),
        ("https://example.com/?x=.gov.cn", True),
        ("https://example.com#.gov.cn", True),
        # A browser goes to example.com here.
        ("https://example.com\\.gov.cn/", True),
        ("https://例子.gov.cn/", True),
        ("https://[::1/", True),
        ("https:///nohost", True),
    ],
)
def test_only_links_outside_government_ask_first(url: str, expected: bool) -> None:
    assert is_foreign(url, frozenset({"qingshan.localhost"})) is expected


@given(st.text())
def test_no_text_is_too_odd_to_be_judged(url: str) -> None:
    assert is_foreign(f"https://{url}", frozenset()) in {True, False}


def test_a_leaving_page_is_named_by_its_address_alone() -> None:
    url = "https://www.example.com/?a=1&b=2"
    assert leave_path(url) == f"/leave/{url_digest(url)}/"
    assert url_digest(url) != url_digest(url + "3")
    assert len(url_digest(url)) == 16
