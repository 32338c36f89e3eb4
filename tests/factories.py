"""Two portals with their people and pages, made quickly for everybody's tests.

``two_portals`` (tests/conftest.py) hands them out. Each portal's texts carry its own
marker, so that a text that shows up in the wrong portal is recognized in any output.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from wagtail.test.utils.wagtail_factories import PageFactory

from articles.models import (
    ArticlePage,
    InformationPage,
    QuestionPage,
    ServiceGuidePage,
    TypicalCasePage,
)
from home.models import (
    Audience,
    ColumnPage,
    Office,
    Portal,
    PortalRole,
    Region,
    Topic,
)
from home.portals.provisioning import ColumnSpec, PortalSpec, create_portal
from tests.replay import Replayed

Role = PortalRole.Role
PUBLISHED_AT = datetime(2026, 5, 6, 1, 30, tzinfo=UTC)
CITATION = "《民法典》第一千零四十六条"


@dataclass(slots=True)
class PortalFixture:
    """A portal, what is in it, and who works for it."""

    portal: Portal
    marker: str  # in every text of this portal and in no other's
    column: ColumnPage
    article: ArticlePage
    question: QuestionPage
    users: Mapping[str, Any] = field(default_factory=dict)  # by role

    @property
    def host(self) -> str:
        return self.portal.host

    @property
    def home(self) -> Any:
        return self.portal.site.root_page

    @property
    def admin(self) -> Any:
        return self.users[Role.ADMIN]

    @property
    def editor(self) -> Any:
        return self.users[Role.EDITOR]

    @property
    def author(self) -> Any:
        return self.users[Role.AUTHOR]


@dataclass(slots=True)
class TwoPortals:
    """Two counties of one installation; ``qingshan`` also speaks English."""

    qingshan: PortalFixture
    baihe: PortalFixture

    def __iter__(self) -> Any:
        return iter((self.qingshan, self.baihe))


# --- terms and people ------------------------------------------------------------------


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic
        django_get_or_create = ("slug",)

    slug = "qianxin"
    name_zh_hans = "欠薪"
    name_en = "Unpaid wages"


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience
        django_get_or_create = ("slug",)

    slug = "cunmin"
    name_zh_hans = "村民"


class RegionFactory(factory.django.DjangoModelFactory):
    """``RegionFactory(code="000002001", name_zh_hans="石桥镇")``."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    name_zh_hans = factory.LazyAttribute(lambda region: f"地区 {region.code}")


class OfficeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Office

    name_zh_hans = factory.Sequence(lambda number: f"股室 {number}")
    phone = "0000-0000012"


PASSWORD = "qingshan 里的一条河 2026"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"person-{number}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    password = factory.django.Password(PASSWORD)


def make_user(portal: Portal, role: PortalRole.Role) -> Any:
    """Somebody with one role in one portal: ``qingshan-editor``."""
    user = UserFactory(username=f"{portal.host.split('.')[0]}-{role.value}")
    user.groups.add(portal.roles.get(role=role).group)
    return user


# --- pages -----------------------------------------------------------------------------


def stream(*blocks: tuple[str, Any]) -> str:
    """Stored blocks: ``stream(("text", "<p>…</p>"), ("heading", {…}))``."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


class ColumnPageFactory(PageFactory):
    class Meta:
        model = ColumnPage

    title = ""
    slug = factory.Sequence(lambda number: f"lanmu-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"栏目 {number}")
    summary_zh_hans = "放什么、给谁看"
    keywords_zh_hans = "普法"
    show_in_menus = True


class ArticlePageFactory(PageFactory):
    class Meta:
        model = ArticlePage

    title = ""
    slug = factory.Sequence(lambda number: f"wenzhang-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"文章 {number}")
    summary_zh_hans = "一句话的摘要"
    body_zh_hans = stream(("text", "<p>正文。</p>"))
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class QuestionPageFactory(PageFactory):
    class Meta:
        model = QuestionPage

    title = ""
    slug = factory.Sequence(lambda number: f"wenti-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"问题 {number}怎么办？")
    answer_zh_hans = "先去问一问。"
    explanation_zh_hans = stream(("text", "<p>为什么。</p>"))
    legal_basis = stream(("citation", CITATION))
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class ServiceGuidePageFactory(PageFactory):
    class Meta:
        model = ServiceGuidePage

    title = ""
    slug = factory.Sequence(lambda number: f"shixiang-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"事项 {number}")
    conditions_zh_hans = "住在本县\n经济困难"
    materials_zh_hans = "身份证\n欠条"
    steps_zh_hans = "打电话\n填表\n等通知"
    place_zh_hans = "人民路1号一楼"
    hours_zh_hans = "工作日8:30至17:30"
    phone = "0000-0000001、12348"
    legal_basis = stream(("citation", CITATION))
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class TypicalCasePageFactory(PageFactory):
    class Meta:
        model = TypicalCasePage

    title = ""
    slug = factory.Sequence(lambda number: f"anli-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"案例 {number}")
    facts_zh_hans = "张某和李某为田埂争吵。\n\n吵了三年。"
    outcome_zh_hans = "各让三尺。"
    meaning_zh_hans = "先找调解员。"
    legal_basis = stream(("citation", CITATION))
    year = 2026
    place = "石桥镇"
    anonymity_checked_by = "核对人"
    anonymity_checked_on = PUBLISHED_AT.date()
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


class InformationPageFactory(PageFactory):
    class Meta:
        model = InformationPage

    title = ""
    slug = factory.Sequence(lambda number: f"biaozhun-{number}")
    heading_zh_hans = factory.Sequence(lambda number: f"标准页面 {number}")
    summary_zh_hans = "一句话的摘要"
    body_zh_hans = stream(("text", "<p>正文。</p>"))
    first_published_at = PUBLISHED_AT
    last_published_at = PUBLISHED_AT


# --- portals ---------------------------------------------------------------------------


def make_portal(
    slug: str = "qingshan",
    region_name: str = "青山县",
    region_code: str = "000002",
    **values: Any,
) -> Portal:
    """A portal as provisioning makes it, with a column 动态 at ``/dongtai/``.

    ``values`` are further fields of ``Portal``.
    """
    return create_portal(
        PortalSpec(
            host=f"{slug}.localhost",
            slug=slug,
            portal={
                "name_zh_hans": f"{region_name}普法网",
                "region_name_zh_hans": region_name,
                "region_code": region_code,
                "level": Portal.Level.COUNTY,
                **values,
            },
            hosting={
                "site_name_zh_hans": f"{region_name}人民政府",
                "site_domain": f"www.{slug}.example",
                "site_id_code": region_code.zfill(10),
                "organizer_zh_hans": f"{region_name}人民政府办公室",
                "phone": "0000-0000000",
                "icp_number": f"演ICP备{region_code}号",
            },
            publisher={"name_zh_hans": f"{region_name}司法局", "phone": "0000-12348"},
            columns=[
                ColumnSpec(
                    "dongtai",
                    {
                        "heading_zh_hans": f"{region_name}动态",
                        "summary_zh_hans": f"{region_name}的普法动态。",
                        "keywords_zh_hans": "普法",
                        "show_in_menus": True,
                    },
                )
            ],
        )
    )


def fill_portal(portal: Portal, marker: str) -> PortalFixture:
    """An article and a question with every text marked, and three people."""
    topic, audience = TopicFactory(), AudienceFactory()
    column = ColumnPage.objects.child_of(portal.site.root_page).get()
    terms = {"topics": [topic], "audiences": [audience]}
    article = ArticlePageFactory(
        parent=column,
        slug="zhengqian",
        heading_zh_hans=f"{marker}讨薪成功",
        summary_zh_hans=f"{marker}的摘要",
        body_zh_hans=stream(
            ("text", f"<p>{marker}的正文，见{CITATION}。</p>"),
            ("heading", {"text": f"{marker}小标题", "level": "h2"}),
        ),
        **terms,
    )
    question = QuestionPageFactory(
        parent=column,
        slug="laoban",
        heading_zh_hans=f"{marker}老板不给工钱怎么办？",
        wordings_zh_hans=f"{marker}工资要不回来\n{marker}拖欠工钱",
        answer_zh_hans=f"{marker}先投诉，再仲裁。",
        explanation_zh_hans=stream(("text", f"<p>{marker}为什么。</p>")),
        whom_zh_hans=f"{marker}人社局",
        **terms,
    )
    if "en" in portal.languages:
        _translate(article, question, marker)
    for page in (column, article, question):
        page.save_revision()
    users = {role: make_user(portal, role) for role in Role}
    return PortalFixture(portal, marker, column, article, question, users)


def _translate(article: ArticlePage, question: QuestionPage, marker: str) -> None:
    article.heading_en = f"{marker} wages recovered"
    article.body_en = stream(("text", f"<p>{marker} text</p>"))
    article.save()
    question.heading_en = f"{marker}: my boss does not pay"
    question.answer_en = f"{marker}: complain first."
    question.save()


def make_two_portals() -> TwoPortals:
    qingshan = make_portal(languages=["zh-hans", "en"])
    baihe = make_portal("baihe", "白河县", "000003")
    return TwoPortals(fill_portal(qingshan, "青山记号"), fill_portal(baihe, "白河记号"))


def _numbers(made: TwoPortals) -> Any:
    return [
        (
            one.portal.pk,
            one.marker,
            one.column.pk,
            one.article.pk,
            one.question.pk,
            {role: user.pk for role, user in one.users.items()},
        )
        for one in made
    ]


def _found(numbers: Any) -> TwoPortals:
    users = get_user_model()._default_manager
    return TwoPortals(
        *(
            PortalFixture(
                Portal.objects.get(pk=portal),
                marker,
                ColumnPage.objects.get(pk=column),
                ArticlePage.objects.get(pk=article),
                QuestionPage.objects.get(pk=question),
                {role: users.get(pk=pk) for role, pk in people.items()},
            )
            for portal, marker, column, article, question, people in numbers
        )
    )


replayed_portals = Replayed(make_two_portals, _numbers, _found)
