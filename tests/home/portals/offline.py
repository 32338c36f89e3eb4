"""Portals that go online and offline, and what readers see of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from home.models import OfflineNotice, Portal
from home.portals.states import StateChange
from publishing.sites.releases import files_in
from publishing.sites.site import Site

State = Portal.State
COMPLETE = {
    "police_number": "演公网安备1号",
    "party_mark_url": "https://bszs.conac.cn/x",
    "error_report_url": "https://zfwzgl.www.gov.cn/x",
}


def change(state: Portal.State, **values: Any) -> StateChange:
    today = timezone.localdate()
    offline = {"reason": "系统升级，暂停几天。"} if state == State.PAUSED else {}
    if state == State.PAUSED:
        offline["until"] = today + timedelta(days=3)
    if state == State.CLOSED:
        offline = {"reason": "栏目并入县政府网站。"}
    given = {"day": today, "person": "王丽", "proof": "测评〔2026〕3号"}
    return StateChange(**{"state": state, **given, **offline, **values})


def set_state(portal: Portal, state: Portal.State) -> Portal:
    Portal.objects.filter(pk=portal.pk).update(state=state)
    if state in (State.PAUSED, State.CLOSED):
        notice = {"reason": "系统升级。", "until": timezone.localdate()}
        OfflineNotice.objects.update_or_create(portal=portal, defaults=notice)
    return Portal.objects.with_identity().get(pk=portal.pk)


def complete(portal: Portal) -> None:
    identity = portal.site.hostingidentity
    for name, value in COMPLETE.items():
        setattr(identity, name, value)
    identity.save()


def live(portal: Portal) -> dict[str, bytes]:
    """What the web server serves."""
    folder = Site.of(portal.host).releases_on_disk.link
    return {name: (folder / name).read_bytes() for name in files_in(folder.resolve())}


def get(portal: Portal, path: str = "/", **headers: str) -> Any:
    return Client().get(path, headers={"host": portal.host, **headers})
