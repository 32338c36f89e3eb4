"""What editors do besides writing pages: pictures, files, laws, settings, the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect

from home.models import (
    Audience,
    ColumnPage,
    HostingIdentity,
    LegalWorker,
    Portal,
    PublisherIdentity,
    Region,
)
from home.models.directories import DirectoryWords
from home.outbox import record_change
from media.models import PortalDocument, PortalImage
from media.renditions import make_renditions
from search.models import PortalSynonym
from statutes.models import Category, Provision, Statute, StatuteVersion
from tests.articles.campaign_factories import CampaignPageFactory, EventPageFactory
from tests.directory_factories import DirectoryPageFactory, LegalWorkerFactory
from tests.factories import (
    InformationPageFactory,
    OfficeFactory,
    RegionFactory,
    ServiceGuidePageFactory,
    stream,
)
from tests.media import samples
from tests.media.factories import PortalDocumentFactory, PortalImageFactory
from tests.publishing.tree_actions import ACTIONS as ACTIONS
from tests.publishing.tree_editors import RARE as RARE
from tests.publishing.tree_editors import SILENT as SILENT
from tests.publishing.tree_editors import Editors, action, rare_action

# --- pictures and files ------------------------------------------------------------------


def _article(editors: Editors) -> Any:
    return editors.page(live=True, alias_of=None, articlepage__isnull=False)


def _show(page: Any, *blocks: tuple[str, Any]) -> None:
    page.body_zh_hans = stream(("text", "<p>请看。</p>"), *blocks)
    page.save_revision().publish()


@action
def use_a_picture(editors: Editors) -> None:
    page = _article(editors)
    if page is not None:
        image = PortalImageFactory(
            title=f"图{editors.count}", collection=page.portal.collection
        )
        make_renditions(image)
        _show(page, ("picture", {"image": image.pk, "caption": "说明"}))


@action
def describe_a_picture(editors: Editors) -> None:
    image = PortalImage.objects.order_by("-pk").first()
    if image is not None:
        image.alt_text_zh_hans = f"替代文字{editors.count}"
        image.save()


@action
def replace_a_picture(editors: Editors) -> None:
    """As after a crop: the same picture has another file."""
    image = PortalImage.objects.order_by("-pk").first()
    if image is not None:
        body = samples.photo(40 + editors.count % 7, 30)
        image.file = ContentFile(body, f"neu-{editors.count}.jpg")
        image.save()
        make_renditions(image)


@rare_action(2)
def delete_a_picture(_editors: Editors) -> None:
    image = PortalImage.objects.order_by("pk").first()
    if image is not None:
        image.delete()


@action
def attach_a_file(editors: Editors) -> None:
    page = _article(editors)
    if page is not None:
        document = PortalDocumentFactory(
            title=f"表{editors.count}", collection=page.portal.collection
        )
        _show(page, ("attachment", {"document": document.pk, "title": ""}))


@action
def rename_a_file(editors: Editors) -> None:
    document = PortalDocument.objects.order_by("-pk").first()
    if document is not None:
        document.title = f"新表{editors.count}"
        document.save()


# --- pages of other kinds ----------------------------------------------------------------


@action
def publish_an_event(editors: Editors) -> None:
    column = editors.column()
    campaign = CampaignPageFactory(parent=column, slug=f"yue-{editors.count}")
    EventPageFactory(parent=campaign, slug=f"ri-{editors.count}")


@action
def publish_a_guide(editors: Editors) -> None:
    column = editors.column()
    office = OfficeFactory(portal=column.portal, name_zh_hans=f"窗口{editors.count}")
    ServiceGuidePageFactory(
        parent=column, office=office, topics=editors.topics(), **editors.moment()
    )


@action
def list_the_offices(editors: Editors) -> None:
    InformationPageFactory(
        parent=editors.column(),
        slug=f"jigou-{editors.count}",
        body_zh_hans=stream(("offices", {"heading": "股室"})),
    )


@action
def say_how_privacy_is_kept(editors: Editors) -> None:
    """The foot of every page leads to it."""
    column = editors.column()
    InformationPageFactory(
        parent=column, slug=f"yinsi-{editors.count}", purpose="privacy"
    )


@action
def list_the_people(editors: Editors) -> None:
    column = editors.column()
    code = f"{column.portal.region_code}001"
    township = RegionFactory(code=code, name_zh_hans="石桥镇")
    DirectoryPageFactory(parent=column, slug=f"renyuan-{editors.count}", shows="people")
    LegalWorkerFactory(
        portal=column.portal,
        name_zh_hans=f"调解员{editors.count}",
        township=township,
    )


@rare_action(2)
def a_person_leaves(_editors: Editors) -> None:
    person = LegalWorker.objects.order_by("pk").first()
    if person is not None:
        person.delete()


@action
def words_of_a_column(editors: Editors) -> None:
    column = editors.column(alias_of=None)
    column.keywords_zh_hans = f"词{editors.count}"
    column.column_type = editors.random.choice(ColumnPage.ColumnType.values)
    column.save_revision().publish()


@action
def take_a_column_off_the_menu(editors: Editors) -> None:
    column = editors.column(alias_of=None)
    column.show_in_menus = not column.show_in_menus
    column.save_revision().publish()


# --- laws ----------------------------------------------------------------------------------


@action
def bring_a_statute(editors: Editors) -> None:
    """The texts of articles cite it by its name (``change_the_citations``)."""
    statute, _made = Statute.objects.get_or_create(
        slug="minfadian",
        defaults={"title": "中华人民共和国民法典", "category": Category.LAW},
    )
    version, is_new = StatuteVersion.objects.get_or_create(
        statute=statute,
        is_current=True,
        defaults={
            "version_on": date(2020, 5, 28),
            "in_force_from": date(2021, 1, 1),
            "effective_on": date(2021, 1, 1),
        },
    )
    for number in (1, 2, 3) if is_new else ():
        Provision.objects.create(
            version=version,
            number=number,
            label=f"第{number}条",
            anchor=f"t{number}",
            order=number,
            text="内容。",
        )
    first = version.provisions.order_by("pk").first()
    first.text = f"改过的内容{editors.count}。"
    first.save()
    record_change(None, "statute", statute.pk)


@action
def rename_a_statute(editors: Editors) -> None:
    statute = Statute.objects.filter(slug="minfadian").first()
    if statute is not None:
        statute.short_name = f"民法典{editors.count % 3}"
        statute.save()
        record_change(None, "statute", statute.pk)


# --- settings ------------------------------------------------------------------------------


def _identity(editors: Editors, model: type[Any]) -> Any:
    found, _made = model.objects.get_or_create(site=editors.portal().portal.site)
    return found


@action
def change_the_colors(editors: Editors) -> None:
    identity = _identity(editors, PublisherIdentity)
    identity.primary_color = f"#{editors.count % 90 + 10}3456"
    identity.save()


@action
def change_the_footer(editors: Editors) -> None:
    identity = _identity(editors, HostingIdentity)
    identity.icp_number = f"演ICP备{editors.count}号"
    identity.save()


@action
def change_the_words_of_services(editors: Editors) -> None:
    words = _identity(editors, DirectoryWords)
    words.services_zh_hans = f"人民调解=调解{editors.count}"
    words.save()


@action
def rename_a_region(editors: Editors) -> None:
    region = Region.objects.filter(code__startswith="00000").order_by("-pk").first()
    if region is not None:
        region.name_zh_hans = f"改名镇{editors.count}"
        region.save()


@action
def rename_an_audience(editors: Editors) -> None:
    audience = Audience.objects.order_by("pk").first()
    if audience is not None:
        audience.name_zh_hans = f"人群{editors.count}"
        audience.save()


@rare_action(2)
def export_the_whole_library(editors: Editors) -> None:
    portal = Portal.objects.get(pk=editors.portal().portal.pk)
    portal.exports_library = not portal.exports_library
    portal.save()


@action
def lead_an_old_address_on(editors: Editors) -> None:
    page = editors.page(live=True)
    if page is not None:
        Redirect.objects.create(
            old_path=f"/alt-{editors.count}",
            site=page.portal.site,
            redirect_page=page,
        )


@action
def forget_an_old_address(_editors: Editors) -> None:
    redirect = Redirect.objects.order_by("pk").first()
    if redirect is not None:
        redirect.delete()


@action
def teach_a_word(editors: Editors) -> None:
    PortalSynonym.objects.create(
        portal=editors.portal().portal, lay=f"要账{editors.count}", legal="欠薪"
    )


@action
def a_day_passes(editors: Editors) -> None:
    """Enough of them that a phase ends."""
    editors.days += editors.random.choice([1, 7, 20])
