"""Who may read which rows, find them and take them out."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from home.audit.models import AuditEntry
from home.audit.sources import DOWNLOADED, LOGIN_FAILED
from home.audit.views import plain_cell
from home.record_of_events import note
from tests.factories import TwoPortals, UserFactory
from tests.home.admin_asking import logged_in, text_of

pytestmark = pytest.mark.django_db
OWN, FOREIGN, SHARED = "dongxi-qingshan", "dongxi-baihe", "dongxi-gongyong"


@pytest.fixture
def rows(portals: TwoPortals) -> None:
    own, other = portals
    note(DOWNLOADED, user=own.admin, portal=own.portal, subject_name=OWN)
    note(LOGIN_FAILED, user=other.admin, portal=other.portal, subject_name=FOREIGN)
    note(DOWNLOADED, subject_name=SHARED)


def ask(user: Any, **data: str) -> str:
    response = logged_in(user).get(reverse("audit_log"), data)
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    assert response.status_code == 200
    return text_of(response)


def found(text: str) -> set[str]:
    return {name for name in (OWN, FOREIGN, SHARED) if name in text}


@pytest.mark.usefixtures("rows")
class TestReading:
    @pytest.mark.parametrize("data", [{}, {"export": "csv"}])
    def test_county_reads_its_own(
        self, portals: TwoPortals, data: dict[str, str]
    ) -> None:
        own, other = portals
        assert found(ask(own.admin, **data)) == {OWN}
        assert found(ask(other.admin, **data)) == {FOREIGN}
        assert other.portal.name not in ask(own.admin, **data)

    @pytest.mark.parametrize("data", [{}, {"export": "csv"}])
    def test_superuser_reads_all(
        self, portals: TwoPortals, data: dict[str, str]
    ) -> None:
        user = UserFactory(is_superuser=True)
        assert found(ask(user, **data)) == {OWN, FOREIGN, SHARED}

    def test_prefecture_reads_all(self, portals: TwoPortals) -> None:
        portal = portals.qingshan.portal
        type(portal).objects.filter(pk=portal.pk).update(level="prefecture")
        assert found(ask(portals.qingshan.admin)) == {OWN, FOREIGN, SHARED}

    @pytest.mark.parametrize("role", ["editor", "author"])
    def test_others_do_not_read(self, portals: TwoPortals, role: str) -> None:
        client = logged_in(portals.qingshan.users[role])
        for name in ("audit_log", "audit_log_results"):
            response = client.get(reverse(name), {"export": "csv"})
            assert response.status_code == 302
            assert response["Location"] == reverse("wagtailadmin_home")
        assert "操作日志" not in text_of(client.get(reverse("wagtailadmin_home")))

    def test_foreign_portal_is_no_choice(self, portals: TwoPortals) -> None:
        own, other = portals
        text = ask(own.admin, portal=str(other.portal.pk))
        assert FOREIGN not in text
        assert ask(own.admin, portal="99999").count("error") == text.count("error")

    def test_filters(self, portals: TwoPortals) -> None:
        user = UserFactory(is_superuser=True)
        baihe = portals.baihe
        today = AuditEntry.objects.first()
        assert today is not None
        assert found(ask(user, words="DONGXI-q")) == {OWN}
        assert found(ask(user, words=baihe.admin.username)) == {FOREIGN}
        assert found(ask(user, action=LOGIN_FAILED)) == {FOREIGN}
        assert found(ask(user, portal=str(baihe.portal.pk))) == {FOREIGN}
        assert found(ask(user, time_to="2020-01-01")) == set()
        assert found(ask(user, time_from="2020-01-01")) == {OWN, FOREIGN, SHARED}

    def test_table_that_is_taken_out_is_in_chinese_and_complete(
        self, portals: TwoPortals
    ) -> None:
        table = list(csv.reader(io.StringIO(ask(portals.qingshan.admin, export="csv"))))
        assert table[0][:4] == ["编号", "时间", "操作", "对象"]
        row = next(row for row in table if OWN in row)
        entry = AuditEntry.objects.get(subject_name=OWN)
        assert row[0] == str(entry.number)
        assert row[2] == "下载导出文件"
        assert row[-1] == entry.seal

    def test_log_is_nowhere_to_be_changed(self, portals: TwoPortals) -> None:
        client = logged_in(UserFactory(is_superuser=True))
        assert client.post(reverse("audit_log")).status_code == 405


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert plain_cell(text) == "'" + text
    assert plain_cell("a" + text) == "a" + text
