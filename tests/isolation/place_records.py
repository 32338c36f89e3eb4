"""What a place has besides pages: offices, words of its search, redirects, traces."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import GroupApprovalTask, Page, Site, UploadedFile, Workflow

from articles.models import ImportedOriginal, OldAddress
from home.models import HostingIdentity, PortalArchive, PublisherIdentity
from media.models import PortalDocument, PortalImage
from search.models import BestBet, HandledQuery, PortalSynonym, QueryCount
from statutes.models import Provision, Statute, StatuteName, StatuteVersion
from tests.directory_factories import LegalWorkerFactory
from tests.factories import OfficeFactory
from tests.home.pages import form_data
from tests.media import samples


def fill(place: Any) -> None:
    _people(place)
    _records(place)
    _search(place)
    _addresses(place)
    _identities(place)
    _archive(place)
    _traces(place)


def _people(place: Any) -> None:
    things, mark = place.things, place.mark
    things.groups = {
        row.role: row.group for row in place.portal.roles.select_related("group")
    }
    for role, user in place.users.items():
        setattr(things, role, user)
    things.disabled_task = GroupApprovalTask.objects.create(
        name=f"{mark}停用的步骤", active=False
    )
    things.disabled_workflow = Workflow.objects.create(
        name=f"{mark}停用的流程", active=False
    )
    things.spare_site = Site.objects.create(
        hostname=f"{mark}.spare.localhost",
        site_name=f"{mark}备用",
        root_page_id=things.column2.pk,
    )


def regulate(place: Any) -> None:
    """A statute of the place alone."""
    things, mark = place.things, place.mark
    things.statute = Statute.objects.create(
        title=f"{mark}条例",
        slug=f"{mark}-tiaoli",
        category="local",
        issuer=f"{mark}人大",
        portal=place.portal,
    )
    things.statute_name = StatuteName.objects.create(
        statute=things.statute, name=f"{mark}别名"
    )
    # Without the mark: whoever is told more than was typed is told of the place.
    things.nickname = f"规程{mark[:0:-1]}"
    StatuteName.objects.create(statute=things.statute, name=things.nickname)
    things.version = StatuteVersion.objects.create(
        statute=things.statute,
        version_on=date(2026, 1, 1),
        in_force_from=date(2026, 1, 1),
        is_current=True,
        provision_count=1,
        source_hash="2" * 64,
    )
    Provision.objects.create(
        version=things.version,
        number=1,
        label="第一条",
        anchor="t1",
        order=1,
        text=f"{mark}第一条的文字 {things.word}。",
    )


def _records(place: Any) -> None:
    things, mark = place.things, place.mark
    common = {"portal": place.portal}
    things.office = OfficeFactory(
        name_zh_hans=f"{mark}股室 {things.word}", duties_zh_hans=f"{mark}职责", **common
    )
    things.worker = LegalWorkerFactory(name_zh_hans=f"{mark}人", **common)


def _search(place: Any) -> None:
    things, mark = place.things, place.mark
    things.synonym = PortalSynonym.objects.create(
        portal=place.portal,
        lay=f"{mark}土话",
        legal=f"{mark}法言",
        reason=f"{mark}理由",
    )
    things.bet = BestBet.objects.create(
        portal=place.portal,
        queries=f"{mark}搜法",
        page_id=things.article.pk,
        reason=f"{mark}理由",
    )
    today = timezone.localdate()
    # A text with a label counts as masked; the mark alone would be masked itself.
    things.query, things.handled_text = f"{mark}问〔姓名〕", f"{mark}办过〔姓名〕"
    for text in (things.query, things.handled_text):
        for day in (today, today - timedelta(days=1)):
            QueryCount.objects.create(
                portal=place.portal,
                language="zh-hans",
                text=text,
                day=day,
                count=9,
                nothing_count=9,
            )
    things.handled = HandledQuery.objects.create(
        portal=place.portal, text=things.handled_text, outcome="ignored", day=today
    )


def _addresses(place: Any) -> None:
    things, mark = place.things, place.mark
    things.redirect = Redirect.add_redirect(
        f"/{mark}-old",
        redirect_to=Page.objects.get(pk=things.article.pk),
        site=place.portal.site,
    )
    OldAddress.objects.create(
        portal=place.portal,
        address=f"http://{mark}.example/1.html",
        page_id=things.article.pk,
        source_hash="0" * 64,
    )
    things.original = ImportedOriginal.objects.create(
        portal=place.portal,
        page_id=things.article.pk,
        file=ContentFile(f"{mark}原文".encode(), name="a.txt"),
        name=f"{mark}-原文.txt",
        sha256="1" * 64,
        encoding="utf-8",
        imported_at=timezone.now(),
        imported_by=place.users["editor"],
        header={"title": mark},
        findings=[
            {
                "code": "lost_characters",
                "params": {},
                "places": [{"line": 1, "excerpt": f"{mark}处"}],
                "done": False,
            }
        ],
    )


def _identities(place: Any) -> None:
    things, mark = place.things, place.mark
    things.site = place.portal.site
    things.hosting = HostingIdentity.objects.get(site=things.site)
    things.hosting.organizer_zh_hans = f"{mark}县政府"
    things.hosting.save()
    things.publisher = PublisherIdentity.objects.get(site=things.site)
    things.publisher.logo_id = things.image.pk
    things.publisher.address_zh_hans = f"{mark}路"
    things.publisher.save()


def _archive(place: Any) -> None:
    """A copy of the portal, as far as who asks for it is concerned."""
    name = f"{place.mark}.zip"
    folder = Path(settings.PORTAL_ARCHIVE_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"{place.mark}的副本", encoding="utf-8")
    place.things.archive = PortalArchive.objects.create(
        portal=place.portal,
        host=place.portal.host,
        name=place.portal.name,
        file=name,
        sha256="4" * 64,
    )


def _traces(place: Any) -> None:
    """Of people at work: histories, uploads that wait, forms that are open."""
    things, users = place.things, place.users
    admin, article = users["admin"], things.article
    for thing in (
        things.office,
        things.worker,
        things.synonym,
        things.bet,
        things.redirect,
        things.image,
        things.document,
        users["author"],
        place.portal,
        things.site,
        things.groups["author"],
        things.statute,
        things.version,
        things.statute_name,
    ):
        log(instance=thing, action="wagtail.edit", user=admin)
    article_type = ContentType.objects.get_for_model(type(article))
    things.session = EditingSession.objects.create(
        user=users["editor"],
        content_type=article_type,
        object_id=str(article.pk),
        last_seen_at=timezone.now(),
        is_editing=True,
    )
    FormState.objects.create(
        user=users["editor"],
        content_type=article_type,
        object_id=str(article.pk),
        parent_object_id="",
        data=urlencode(form_data(type(article), heading_zh_hans=place.mark)),
        last_updated_at=timezone.now(),
    )
    for model, data, ending, name in (
        (PortalImage, samples.photo(), "jpg", "image_upload"),
        (PortalDocument, samples.pdf(), "pdf", "document_upload"),
    ):
        upload = UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(data, name=f"{place.mark}.{ending}"),
            uploaded_by_user=admin,
        )
        setattr(things, name, upload)
