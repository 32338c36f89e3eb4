"""The blocks of a home page: ways in first, then what is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home import front_views as front_views  # registers itself
from home.blocks import TEXT_FEATURES, FormBlock, PublicBlock, TextBlock, phone_block

WAYS_IN, NEWS, CONTENT, OTHER = _("办事和求助"), _("活动和通知"), _("内容"), _("其他")


def topic_choices() -> Iterator[tuple[str, str]]:
    """Every topic by its slug, a subtopic with the topic above it."""
    topics = list(apps.get_model("home", "Topic").objects.select_related("parent"))
    for topic in topics:
        name = f"{topic.parent.name} — {topic.name}" if topic.parent else topic.name
        yield topic.slug, name


def topic_block(**options: Any) -> blocks.ChoiceBlock:
    """A topic; its slug is stored."""
    return blocks.ChoiceBlock(choices=topic_choices, **options)


def heading_block(default: str) -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("标题"),
        max_length=40,
        default=default,
        help_text=_("显示在这一块上面，几个字。"),
    )


def count_block(default: int, most: int = 12) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(
        label=_("显示几条"), default=default, min_value=1, max_value=most
    )


class NoticeBlock(PublicBlock, FormBlock):
    text = blocks.CharBlock(
        label=_("通知"),
        max_length=120,
        help_text=_("一句话说完；事情过了就删掉这一块。"),
    )
    page = blocks.PageChooserBlock(
        label=_("链接到"), required=False, help_text=_("点开看详情的页面，可以不选。")
    )

    class Meta:
        icon = "info-circle"
        group = NEWS
        label = _("通知条")
        description = _("首页最上面的一行通知。")
        preview_value = {"text": "民法典宣传月活动开始报名", "page": None}


TASK_ICONS = [
    ("wage", _("工钱")),
    ("aid", _("援助")),
    ("mediate", _("调解")),
    ("law", _("法条")),
    ("question", _("提问")),
    ("phone", _("电话")),
    ("document", _("文件")),
    ("family", _("家庭")),
    ("land", _("土地")),
    ("traffic", _("车辆")),
    ("place", _("地点")),
]
TASK_TARGETS = ("page", "topic", "place", "phone")


class TaskBlock(FormBlock):
    label = blocks.CharBlock(
        label=_("名称"), max_length=12, help_text=_("按群众的说法写，例如“要工钱”。")
    )
    hint = blocks.CharBlock(
        label=_("说明"),
        required=False,
        max_length=30,
        help_text=_("一句短话，例如“老板不给钱，按步骤走”。"),
    )
    icon = blocks.ChoiceBlock(TASK_ICONS, default="question", label=_("图标"))
    page = blocks.PageChooserBlock(
        label=_("点开去哪个页面"),
        required=False,
        help_text=_("办事指南、名录、栏目、文章都可以选。下面四样只选一样。"),
    )
    topic = topic_block(label=_("或者去哪个主题"), required=False)
    place = blocks.ChoiceBlock(
        [
            ("/laws/", _("法律法规库")),
            ("/search/", _("搜索")),
            ("/topics/", _("全部主题")),
        ],
        required=False,
        label=_("或者去哪个固定页面"),
    )
    phone = phone_block(
        label=_("或者打哪个电话"), help_text=_("例如 12348；手机上点一下就能打。")
    )

    class Meta:
        icon = "link"
        label = _("事项")

    def clean(self, value: Any) -> Any:
        """One target: a task without any would vanish from the page without a word."""
        cleaned = super().clean(value)
        chosen = [name for name in TASK_TARGETS if cleaned.get(name)]
        if len(chosen) == 1:
            return cleaned
        problem = (
            gettext("点开去哪里：页面、主题、固定页面、电话只能选一样。")
            if chosen
            else gettext("请选点开去哪里：一个页面、主题、固定页面或者电话。")
        )
        where = chosen[1] if chosen else "page"
        raise StructBlockValidationError(block_errors={where: ValidationError(problem)})


class TopTasksBlock(PublicBlock, FormBlock):
    items = blocks.ListBlock(TaskBlock(), label=_("事项"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        group = WAYS_IN
        label = _("常办事项")
        description = _("首页上带图标的大按钮，最多八个：讨薪、法律援助、找调解……")


class GuidesBlock(PublicBlock, FormBlock):
    heading = heading_block("办事指南")
    guides = blocks.ListBlock(
        blocks.PageChooserBlock(
            page_type="articles.ServiceGuidePage", label=_("办事指南")
        ),
        label=_("办事指南"),
        default=[],
        min_num=0,
        max_num=12,
        help_text=_("挑群众最常办的，按这个顺序显示；一个都不选就显示最新的几个。"),
    )
    count = count_block(6)

    class Meta:
        icon = "clipboard-list"
        group = WAYS_IN
        label = _("办事指南")
        description = _("办事指南的名称和摘要，点开看全文。")


class ServicePointsBlock(PublicBlock, FormBlock):
    heading = heading_block("找身边的法律服务")
    directory = blocks.PageChooserBlock(
        page_type="home.DirectoryPage",
        label=_("法律服务名录"),
        help_text=_("列出服务点的那个名录；电话和地址改了，首页跟着改。"),
    )

    class Meta:
        icon = "home"
        group = WAYS_IN
        label = _("法律服务点")
        description = _("县中心的电话和时间，各乡镇的站点，点进名录看全部。")


class QuestionsByTopicBlock(PublicBlock, FormBlock):
    heading = heading_block("乡亲们都在问")
    topics = blocks.ListBlock(
        topic_block(label=_("主题")),
        label=_("主题"),
        min_num=1,
        max_num=12,
        help_text=_("没有问答的主题不显示。"),
    )
    count = blocks.IntegerBlock(
        label=_("每个主题显示几个问题"), default=3, min_value=1, max_value=10
    )

    class Meta:
        icon = "help"
        group = WAYS_IN
        label = _("按主题看问答")
        description = _("每个主题下最新的几个问答。")


class CampaignBlock(PublicBlock, FormBlock):
    page = blocks.PageChooserBlock(
        page_type="articles.CampaignPage",
        label=_("主题活动"),
        required=False,
        help_text=_(
            "留空时自动显示正在开展的活动；没有的话显示一个月内要开始的，都没有就不显示。"
        ),
    )

    class Meta:
        icon = "calendar-alt"
        group = NEWS
        label = _("主题活动")
        description = _("活动的口号、现在的阶段、还有几天、下一场在哪里。")


class LatestBlock(PublicBlock, FormBlock):
    heading = heading_block("最新动态")
    column = blocks.PageChooserBlock(
        page_type="home.ColumnPage",
        label=_("栏目"),
        help_text=_("它下级栏目的内容也算在内。"),
    )
    count = count_block(5, 20)

    class Meta:
        icon = "list-ul"
        group = NEWS
        label = _("栏目最新内容")
        description = _("一个栏目里最新的几条。")


class CasesBlock(PublicBlock, FormBlock):
    heading = heading_block("身边的案例")
    topic = topic_block(
        label=_("主题"),
        required=False,
        help_text=_("只显示这个主题的案例；不选就是全部。"),
    )
    count = count_block(4)

    class Meta:
        icon = "openquote"
        group = CONTENT
        label = _("典型案例")
        description = _("最新的几个典型案例。")


class DocumentsBlock(PublicBlock, FormBlock):
    heading = heading_block("最新公文")
    count = count_block(5)

    class Meta:
        icon = "doc-full"
        group = CONTENT
        label = _("最新公文")
        description = _("最新的公文，写明文号和是否有效。")


class CountiesBlock(PublicBlock, FormBlock):
    heading = heading_block("各县门户")

    class Meta:
        icon = "site"
        group = OTHER
        label = _("各县门户")
        description = _("市级门户列出各县门户；县级门户没有下级，不显示。")


class LinkBlock(FormBlock):
    label = blocks.CharBlock(label=_("名称"), max_length=40)
    url = blocks.URLBlock(
        label=_("地址"),
        help_text=_(
            "以 https:// 或者 http:// 开头；不是政府网站的，会先问读者要不要离开。"
        ),
    )


class LinksBlock(PublicBlock, FormBlock):
    heading = heading_block("常用网站")
    items = blocks.ListBlock(LinkBlock(), label=_("链接"), min_num=1)

    class Meta:
        icon = "link"
        group = OTHER
        label = _("友情链接")
        description = _("指向其他网站的链接。")
        preview_value = {
            "heading": "相关网站",
            "items": [{"label": "中国普法网", "url": "http://legalinfo.moj.gov.cn/"}],
        }


class FrontTextBlock(TextBlock):
    class Meta:
        group = OTHER


HOME_BLOCKS = [
    ("top_tasks", TopTasksBlock()),
    ("guides", GuidesBlock()),
    ("service_points", ServicePointsBlock()),
    ("questions_by_topic", QuestionsByTopicBlock()),
    ("notice", NoticeBlock()),
    ("campaign", CampaignBlock()),
    ("latest", LatestBlock()),
    ("cases", CasesBlock()),
    ("documents", DocumentsBlock()),
    ("counties", CountiesBlock()),
    ("links", LinksBlock()),
    ("text", FrontTextBlock(features=TEXT_FEATURES)),
]
