"""``manage.py check_content``: the same rules over everything."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.gate.models import PageCheck
from articles.gate.rules import rule_ids
from articles.models import ArticlePage
from home.models import Portal
from tests.articles.gate.pages import RULE, SLIP, draft
from tests.factories import PortalFixture, TwoPortals, stream

RULE_ID = re.compile(r'"((?:disclosure|statute|link|head|interpretation)\.[a-z_]+)"')
pytestmark = pytest.mark.django_db


def check(*words: str, fails: bool = False) -> str:
    out = StringIO()
    if fails:
        with pytest.raises(CommandError, match="处不该发布的内容"):
            call_command("check_content", *words, stdout=out)
    else:
        call_command("check_content", *words, stdout=out)
    return out.getvalue()


def spoil(fixture: PortalFixture) -> None:
    """A public page becomes wrong without anybody publishing it: by a newer rule."""
    blocks = stream(("text", f"<p>{fixture.marker}{SLIP}委员会。</p>"))
    ArticlePage.objects.filter(pk=fixture.article.pk).update(body_zh_hans=blocks)


def test_clean_portals_pass(portals: TwoPortals) -> None:
    assert check("--severity", "blocking").strip() == "一共 0 处。"


def test_public_page_with_a_finding_fails_the_command(portals: TwoPortals) -> None:
    spoil(portals.qingshan)

    text = check("--severity", "blocking", fails=True)

    assert f"qingshan.localhost/dongtai/zhengqian/ {portals.qingshan.marker}" in text
    assert f"[不能发布] {RULE}" in text


def test_portal_is_checked_alone(portals: TwoPortals) -> None:
    spoil(portals.qingshan)

    text = check("--portal", "baihe.localhost")

    assert portals.qingshan.marker not in text


def test_identity_of_a_portal_is_a_row_of_the_portal(portals: TwoPortals) -> None:
    """It refuses nothing before the portal is online."""
    portal = portals.qingshan.portal

    before = check("--rule", "head.identity", "--portal", portal.host)
    Portal.objects.filter(pk=portal.pk).update(state=Portal.State.ONLINE)
    after = check("--rule", "head.identity", "--portal", portal.host, fails=True)

    assert before.startswith(f"{portal.host}/ {portal.name}（整个门户）")
    assert "[提示] head.identity 缺少公安机关备案号" in before
    assert "[不能发布] head.identity 缺少公安机关备案号" in after
    assert "主办单位" not in after  # it is filled in


def test_drafts_are_checked_on_demand(portals: TwoPortals) -> None:
    draft(portals.qingshan)

    assert SLIP not in check("--rule", RULE)
    assert "（草稿）" in check("--rule", RULE, "--drafts", fails=True)


def test_rule_and_severity_choose(portals: TwoPortals) -> None:
    spoil(portals.qingshan)

    assert SLIP not in check("--rule", "head.keywords")
    assert SLIP not in check("--severity", "hint")


def test_every_finding_goes_by_a_rule_that_can_be_asked_for(
    portals: TwoPortals,
) -> None:
    """Also in the source: a rule that is missing in the list could not be asked for."""
    written = {
        name
        for file in (Path(settings.BASE_DIR) / "articles").rglob("*.py")
        for name in RULE_ID.findall(file.read_text(encoding="utf-8"))
    }

    found = {row["rule"] for row in json.loads(check("--format", "json"))}

    assert "disclosure.secrecy" in written
    assert written <= set(rule_ids())
    assert found <= set(rule_ids())
    assert found


def test_forms_for_programs_hold_the_same(portals: TwoPortals) -> None:
    spoil(portals.qingshan)

    (as_json,) = json.loads(check("--rule", RULE, "--format", "json", fails=True))
    (as_csv,) = csv.DictReader(
        StringIO(check("--rule", RULE, "--format", "csv", fails=True))
    )

    assert as_json == as_csv
    assert as_json["portal"] == "qingshan.localhost"
    assert as_json["severity"] == "blocking"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--portal", "nowhere.localhost"], "现有门户：.*qingshan.localhost"),
        (["--rule", "nothing"], "没有叫“nothing”的规则。可以写：.*personal.id_card"),
        (["--severity", "bad"], "可以写：blocking、hint"),
        (["--format", "xml"], "可以写：text、json、csv"),
    ],
)
def test_bad_input_is_named_with_what_there_is(
    portals: TwoPortals, words: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        check(*words)


def test_external_asks_the_linked_sites(portals: TwoPortals, monkeypatch: Any) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "articles.gate.management.commands.check_content.ask",
        lambda urls: asked.extend(urls) or [],
    )
    link = '<p><a href="https://www.example.gov.cn/">网</a></p>'
    ArticlePage.objects.filter(pk=portals.baihe.article.pk).update(
        body_zh_hans=stream(("text", link))
    )

    check()
    assert asked == []
    check("--external")

    assert asked == ["https://www.example.gov.cn/"]


def test_what_was_found_is_kept_for_the_report(portals: TwoPortals) -> None:
    spoil(portals.qingshan)
    check(fails=True)

    row = PageCheck.objects.get(page=portals.qingshan.article)
    assert row.blocking == 1
    assert PageCheck.objects.get(page=portals.baihe.article).blocking == 0
