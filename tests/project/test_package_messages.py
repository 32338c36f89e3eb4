"""What Wagtail and the other packages say, they say in Chinese, and in our words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.apps import apps

from home.wording import package_messages
from home.wording.package_messages import (
    DOMAINS,
    LOCALE,
    package_folders,
    package_texts,
    package_translation,
    read_package_catalog,
    said_by,
    untranslated_texts,
    update_package_catalog,
)

UPDATE = "run `manage.py update_messages` and translate what is new"
PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|</?[a-z][^>]*>")
# Chinese as well.
SIGNS = {"IPv4", "IPv6", "p.m.", "a.m.", "PM", "AM", "KB", "MB", "GB", "TB", "PB"}
# Words of the packages' own catalogs and what our screens say instead.
OUR_WORDS = {
    "评论": "批注",
    "工作流": "审核流程",
    "取消发布": "撤下",
    "文档": "文件",
    "子页面": "下级页面",
    "父页面": "上级页面",
    "集合": "文件夹",
    "片段": "条目",
    "缩略名": "网址用名",
    "重定向": "网址跳转",
    "别名": "同步副本",
    "拒绝": "退回",
    "驳回": "退回",
    "注销": "退出登录",
    "群组": "用户组",
    "帐号": "账号",
    "帐户": "账号",
    "账户": "账号",
    "过滤": "筛选",
    "修订": "版本",
    "你": "您",
}


@cache
def texts(domain: str) -> Catalog:
    return package_texts(domain)


def shown(domain: str) -> Iterator[tuple[str, str]]:
    """Every text of the packages and what an editor reads instead."""
    ours = read_package_catalog(domain)
    theirs = package_translation(domain)
    for entry in texts(domain):
        if not entry.id:
            continue
        mended = ours.get(entry.id, entry.context)
        chinese = (mended and mended.string) or said_by(theirs, entry)
        plural = entry.id if isinstance(entry.id, str) else entry.id[1]
        yield plural, chinese if isinstance(chinese, str) else chinese[0]


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_is_left_in_english(
    domain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_messages, "package_texts", texts)
    changes = update_package_catalog(domain, is_dry_run=True)
    assert changes.untranslated == [], UPDATE
    assert changes.removed == [], UPDATE
    assert not changes.is_changed, "run `manage.py update_messages`"


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_shown_is_chinese(domain: str) -> None:
    # A catalog may also "translate" a text with the English one.
    english = {
        text: bare
        for text, chinese in shown(domain)
        if re.search("[A-Za-z]", bare := PLACEHOLDERS.sub("", chinese).strip())
        and not re.search("[\u4e00-\u9fff]", bare)
    }
    assert set(english.values()) - SIGNS == set(), english


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_are_those_of_the_text(domain: str) -> None:
    # A name that Wagtail does not fill in is an error 500 on the screen.
    ours = read_package_catalog(domain)
    wrong = {}
    for entry in (entry for entry in ours if entry.id):
        text = entry.id if isinstance(entry.id, str) else entry.id[1]
        chinese = "".join(entry.string or "")
        if set(PLACEHOLDERS.findall(text)) != set(PLACEHOLDERS.findall(chinese)):
            wrong[text] = chinese
    assert wrong == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_words_are_those_of_our_screens(domain: str) -> None:
    strange = {
        text: f"{chinese}（{theirs} → {ours}）"
        for text, chinese in shown(domain)
        for theirs, ours in OUR_WORDS.items()
        if theirs in chinese
    }
    assert strange == {}


# --- controls --------------------------------------------------------------------------


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a text in a module, one in a template, one in an app within it."""
    folder = tmp_path / "planted"
    inner = folder / "inner"
    for path, text in {
        folder / "views.py": 'title = gettext_lazy("Planted title")',
        folder / "templates" / "page.html": '{% translate "Planted heading" %}',
        folder / "tests" / "test_views.py": 'gettext("Only a test")',
        inner / "apps.py": 'name = _("Not installed")',
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for function in ("app_folders", "package_folders"):
        monkeypatch.setattr(package_messages, function, lambda: [folder])
    return folder


def names(domain: str = "django") -> set[object]:
    return {entry.id for entry in untranslated_texts(package_texts(domain), domain)}


def test_planted_text_is_named(package: Path) -> None:
    assert names() == {"Planted title", "Planted heading"}
    changes = update_package_catalog("django", is_dry_run=True)
    assert {"Planted title", "Planted heading"} <= set(changes.untranslated)
    assert "Add child page" in changes.removed  # which this package does not say


def test_text_that_the_package_translates_is_not_named(package: Path) -> None:
    catalog = Catalog(locale=LOCALE, domain="django")
    catalog.add("Planted title", "种下的标题")
    compiled = package / "locale" / LOCALE / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    assert names() == {"Planted heading"}


def test_every_installed_app_of_others_is_looked_through() -> None:
    folders = package_folders()
    for config in apps.get_app_configs():
        path = Path(config.path)
        is_ours = "site-packages" not in path.parts
        assert is_ours == (path not in folders), config.name
    assert len(texts("django")) > 2000
    assert len(texts("djangojs")) > 80
