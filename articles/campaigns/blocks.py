"""The rows of a campaign: phases, measures and targets.

They exist once, with their numbers and days; a translation holds nothing but words.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from articles.campaigns.plan import FULL_SHARE

QUARTERS = [
    ("1", _("第一季度")),
    ("2", _("第二季度")),
    ("3", _("第三季度")),
    ("4", _("第四季度")),
]


def other_languages() -> list[tuple[str, str]]:
    return [pair for pair in settings.LANGUAGES if pair[0] != settings.LANGUAGE_CODE]


def translations(**texts: blocks.Block) -> blocks.ListBlock:
    """The same words in other languages; days and numbers are not written again."""
    language = blocks.ChoiceBlock(other_languages, label=_("语言"))
    return blocks.ListBlock(
        blocks.StructBlock([("language", language), *texts.items()], icon="globe"),
        default=[],
        label=_("其他语言的说法"),
        collapsed=True,
        help_text=_("没有译文可以不填，外文页面会显示中文；数字和日期不用再填。"),
    )


class PhaseBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("阶段"), max_length=20, help_text=_("例如：动员部署。")
    )
    starts_on = blocks.DateBlock(
        label=_("从哪一天"), help_text=_("要在活动时间以内，不能和上一个阶段重叠。")
    )
    ends_on = blocks.DateBlock(label=_("到哪一天"), help_text=_("包括这一天。"))
    text = blocks.TextBlock(
        label=_("做什么"),
        required=False,
        max_length=300,
        help_text=_("一两句话说明这个阶段的工作。"),
    )
    translations = translations(
        name=blocks.CharBlock(label=_("阶段"), required=False, max_length=60),
        text=blocks.TextBlock(label=_("做什么"), required=False, max_length=600),
    )

    class Meta:
        icon = "date"
        label = _("阶段")
        description = _("活动分几步走，每一步从哪天到哪天。")
        preview_value = {
            "name": "动员部署",
            "starts_on": "2026-05-01",
            "ends_on": "2026-05-07",
        }
        label_format = "{name}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        starts_on, ends_on = cleaned["starts_on"], cleaned["ends_on"]
        if starts_on and ends_on and ends_on < starts_on:
            refuse(ends_on=gettext("结束日期不能早于开始日期。"))
        return cleaned


class MeasureBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("措施"), max_length=300, help_text=_("一条写一件具体的事。")
    )
    lead = blocks.CharBlock(
        label=_("牵头单位"), max_length=100, help_text=_("例如：县司法局。")
    )
    support = blocks.CharBlock(
        label=_("协同责任单位"),
        required=False,
        max_length=200,
        help_text=_("几个单位之间用顿号分开。"),
    )
    translations = translations(
        text=blocks.TextBlock(label=_("措施"), required=False, max_length=600),
        lead=blocks.CharBlock(label=_("牵头单位"), required=False, max_length=200),
        support=blocks.CharBlock(
            label=_("协同责任单位"), required=False, max_length=400
        ),
    )

    class Meta:
        icon = "tasks"
        label = _("措施")
        description = _("一件具体的事，谁牵头、谁配合。")
        preview_value = {"text": "村村办一场普法讲座", "lead": "县司法局"}
        label_format = "{text}"


class QuarterBlock(blocks.StructBlock):
    quarter = blocks.ChoiceBlock(QUARTERS, label=_("季度"))
    planned = blocks.IntegerBlock(
        label=_("计划"), min_value=0, help_text=_("百分比或者数量，按上面选的填。")
    )
    achieved = blocks.IntegerBlock(
        label=_("完成"),
        required=False,
        min_value=0,
        help_text=_("这个季度实际完成的数量；还没有统计就空着。"),
    )

    class Meta:
        icon = "calendar-alt"
        label = _("季度")


class TargetBlock(blocks.StructBlock):
    what = blocks.CharBlock(
        label=_("目标"), max_length=40, help_text=_("例如：举办普法活动。")
    )
    unit = blocks.CharBlock(
        label=pgettext_lazy("of a number", "单位"),
        max_length=10,
        help_text=_("例如：场、个、人次。"),
    )
    number = blocks.IntegerBlock(
        label=_("数量"), min_value=1, help_text=_("整个活动要完成多少。")
    )
    planned_as = blocks.ChoiceBlock(
        [("share", _("百分比")), ("number", _("数量"))],
        default="share",
        label=_("季度计划按什么填"),
        help_text=_("按百分比填，各季度加起来是 100；按数量填，加起来等于目标数量。"),
    )
    quarters = blocks.ListBlock(
        QuarterBlock(),
        default=[],
        max_num=len(QUARTERS),
        label=_("分季度"),
        help_text=_("不分季度就不添加。"),
    )
    achieved = blocks.IntegerBlock(
        label=_("已经完成"),
        required=False,
        min_value=0,
        help_text=_("不分季度时在这里填；分了季度的，填在每个季度里，系统自己加总。"),
    )
    counted_on = blocks.DateBlock(
        label=_("统计到哪一天"),
        required=False,
        help_text=_("填了完成数就要写明截至哪一天。"),
    )
    translations = translations(
        what=blocks.CharBlock(label=_("目标"), required=False, max_length=100),
        unit=blocks.CharBlock(
            label=pgettext_lazy("of a number", "单位"), required=False, max_length=40
        ),
    )

    class Meta:
        icon = "order"
        label = _("目标")
        description = _("要完成的数量和分季度的进度。")
        preview_value = {"what": "举办普法活动", "unit": "场", "number": 700}
        label_format = "{what} {number} {unit}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        check_plan(cleaned)
        check_achieved(cleaned)
        return cleaned


def check_plan(value: Any) -> None:
    """Each quarter once, and together they are the whole target."""
    quarters = [entry for entry in value["quarters"] if entry["quarter"]]
    if not quarters or not value["number"]:
        return
    if len({entry["quarter"] for entry in quarters}) < len(quarters):
        refuse(quarters=gettext("同一个季度填了两次，请合并成一行。"))
    planned = sum(entry["planned"] or 0 for entry in quarters)
    if value["planned_as"] == "number":
        if planned != value["number"]:
            refuse(
                quarters=gettext(
                    "各季度加起来是 %(planned)s，目标是 %(number)s，两个数要相等。"
                )
                % {"planned": planned, "number": value["number"]}
            )
    elif planned != FULL_SHARE:
        refuse(
            quarters=gettext("各季度的百分比加起来是 %(planned)s，应当是 100。")
            % {"planned": planned}
        )


def check_achieved(value: Any) -> None:
    by_quarter = [
        entry["achieved"]
        for entry in value["quarters"]
        if entry["achieved"] is not None
    ]
    if value["quarters"] and value["achieved"] is not None:
        refuse(achieved=gettext("分了季度的目标，完成数填在每个季度里，这里请留空。"))
    is_counted = bool(by_quarter) or value["achieved"] is not None
    if is_counted and not value["counted_on"]:
        refuse(counted_on=gettext("填了完成数，请写明统计到哪一天。"))
    if value["counted_on"] and not is_counted:
        refuse(counted_on=gettext("还没有填完成数，请先填数或者去掉这个日期。"))
    if value["counted_on"] and value["counted_on"] > timezone.localdate():
        refuse(counted_on=gettext("统计日期不能晚于今天。"))


def refuse(**messages: str) -> None:
    """Raise what the form shows at these fields of the row."""
    raise StructBlockValidationError(
        {field: ValidationError(message) for field, message in messages.items()}
    )
