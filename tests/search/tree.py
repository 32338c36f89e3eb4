"""A prefecture with two counties, pages in each, and a statute that all share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from articles.models import ArticlePage, QuestionPage
from home.models import ColumnPage, Portal
from home.portals.provisioning import PortalSpec, create_portal
from home.portals.trees import load_trees
from statutes.models import Category, Division, Provision, Statute, StatuteVersion

PROVISIONS = {
    (49, 0): "最低工资标准由省、自治区、直辖市人民政府规定。",
    (
        50,
        0,
    ): "工资应当以货币形式按月支付给劳动者本人。不得克扣或者无故拖欠劳动者的工资。",
    (50, 1): "用人单位应当书面记录支付劳动者工资的数额。",
}


@dataclass(slots=True)
class Tree:
    prefecture: Portal
    qingshan: Portal
    baihe: Portal
    statute: Statute

    def column(self, portal: Portal) -> ColumnPage:
        home = portal.site.root_page
        return ColumnPage.objects.child_of(home).get(slug="wenda")

    def article(self, portal: Portal, heading: str, **values: Any) -> ArticlePage:
        return _add(self.column(portal), ArticlePage, heading, values)

    def question(self, portal: Portal, heading: str, **values: Any) -> QuestionPage:
        values.setdefault("answer_zh_hans", "可以投诉，也可以申请仲裁。")
        basis = [{"type": "citation", "value": "《劳动法》第五十条"}]
        values.setdefault("legal_basis", basis)
        return _add(self.column(portal), QuestionPage, heading, values)


def grow_tree() -> Tree:
    prefecture = _portal("yunling", "云岭市", "530000", Portal.Level.PREFECTURE)
    qingshan = _portal("qingshan", "青山县", "530001", parent=prefecture)
    baihe = _portal("baihe", "白鹤县", "530002", parent=prefecture)
    return Tree(prefecture, qingshan, baihe, add_statute())


def add_statute(
    title: str = "中华人民共和国劳动法",
    slug: str = "laodongfa",
    portal: Portal | None = None,
) -> Statute:
    statute = Statute.objects.create(
        title=title, slug=slug, category=Category.LAW, portal=portal
    )
    day = date(2018, 12, 29)
    version = StatuteVersion.objects.create(
        statute=statute, version_on=day, in_force_from=day, is_current=True
    )
    chapter = Division.objects.create(
        version=version,
        level=Division.Level.CHAPTER,
        number=5,
        label="第五章",
        heading="工资",
        anchor="c5",
        order=1,
    )
    for order, ((number, suffix), text) in enumerate(PROVISIONS.items()):
        anchor = f"t{number}-{suffix}" if suffix else f"t{number}"
        Provision.objects.create(
            version=version,
            division=chapter,
            number=number,
            suffix=suffix,
            label=f"第{number}条",
            anchor=anchor,
            order=order,
            text=text,
        )
    return statute


def body(text: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": f"<p>{text}</p>"}]


def _add(parent: Any, model: type, heading: str, values: dict[str, Any]) -> Any:
    if model is ArticlePage:
        values.setdefault("body_zh_hans", body("正文。"))
    is_live = values.pop("live", True)
    topics = values.pop("topics", ())
    page = model(heading_zh_hans=heading, live=False, **values)
    page.topics = topics
    parent.add_child(instance=page)
    revision = page.save_revision()
    if is_live:
        revision.publish()
        page.refresh_from_db()
    return page


def _portal(
    slug: str,
    region: str,
    code: str,
    level: str = Portal.Level.COUNTY,
    parent: Portal | None = None,
) -> Portal:
    portal = create_portal(
        PortalSpec(
            host=f"{slug}.localhost",
            slug=slug,
            portal={
                "name_zh_hans": f"{region}普法网",
                "region_name_zh_hans": region,
                "region_code": code,
                "level": level,
                "parent": parent,
            },
            columns=load_trees()["county"].columns,
        )
    )
    # Online asks for identities that these tests have no use for.
    Portal.objects.filter(pk=portal.pk).update(state=Portal.State.ONLINE)
    portal.refresh_from_db()
    return portal
