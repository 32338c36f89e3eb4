"""Open a portal from the command line."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from home.management.named import portal_named
from home.models import Portal
from home.portals.forms import ADDRESS_FORMS, NAME, OWN_HOST, REGION_NAME, NewPortalForm
from home.portals.opening import Opened, open_portal
from home.portals.trees import load_trees

# Option -> (field of the form, what it is); those without a default may be left out.
TEXTS = {
    "--public-base": (
        "public_base",
        "公开地址，例如 https://www.qingshan.gov.cn/sfj。",
    ),
    "--service-base": ("service_base", "搜索和接口所在的地址。"),
    "--host-parts": (
        "host_parts",
        "栏目包：政府网站放页头页脚的目录，例如 /sfj-parts/。",
    ),
    "--publisher-phone": ("publisher_phone", "咨询电话。"),
    "--site-name": ("site_name", "承载门户的政府网站的名称。"),
    "--site-domain": ("site_domain", "承载门户的政府网站的域名。"),
    "--site-id-code": ("site_id_code", "网站标识码，十位数字。"),
    "--organizer": ("organizer", "主办单位。"),
    "--hosting-phone": ("hosting_phone", "网站的联系电话。"),
    "--icp": ("icp_number", "ICP备案号。"),
    "--police": ("police_number", "公安机关备案号。"),
    "--admin-email": ("admin_email", "第一个管理员的邮箱。"),
}
REQUIRED = {
    "--name": (NAME, "门户名称，例如 青山县乡村普法网。"),
    "--region-name": (REGION_NAME, "地区名称，例如 青山县。"),
    "--region-code": ("region_code", "行政区划代码，六位数字。"),
    "--host": ("host", "域名，例如 sfj.qingshan.gov.cn。"),
    "--publisher": ("publisher", "承办单位，例如 青山县司法局。"),
    "--admin": ("admin_username", "第一个管理员的用户名，例如 wangli。"),
    "--admin-name": ("admin_name", "第一个管理员的姓名。"),
}


class Command(BaseCommand):
    help = "开一个新门户：站点、栏目、用户组、审核流程和第一个管理员，一次做完或者什么都不做。"

    def add_arguments(self, parser: CommandParser) -> None:
        for option, (field, text) in REQUIRED.items():
            parser.add_argument(option, dest=field, required=True, help=text)
        for option, (field, text) in TEXTS.items():
            parser.add_argument(option, dest=field, default="", help=text)
        parser.add_argument(
            "--level", choices=Portal.Level.values, default="county", help="级别。"
        )
        parser.add_argument("--parent", default="", metavar="HOST", help="上级门户。")
        parser.add_argument(
            "--address",
            dest="address_form",
            choices=[key for key, _name in ADDRESS_FORMS],
            default=OWN_HOST,
            help="自己的域名、别的网站下面的路径，或者栏目包。",
        )
        parser.add_argument(
            "--languages",
            default=settings.LANGUAGE_CODE,
            help="用逗号隔开，例如 zh-hans,en。",
        )
        parser.add_argument(
            "--tree", choices=list(load_trees()), default="county", help="栏目模板。"
        )
        parser.add_argument("--primary-color", default="#1c5a8a", help="主色。")
        parser.add_argument("--accent-color", default="#b3261e", help="强调色。")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入。")

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["parent"]
        parent = portal_named(host, "上级门户").pk if host else ""
        data = {**options, "parent": parent}
        data["languages"] = [
            code.strip() for code in options["languages"].split(",") if code.strip()
        ]
        form = NewPortalForm(data)
        if not form.is_valid():
            raise CommandError(told_errors(form))
        try:
            with transaction.atomic():
                opened = open_portal(form.new_portal())
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except ValidationError as error:
            raise CommandError("没有开：" + " ".join(error.messages)) from error
        self._tell(opened, is_dry=options["dry_run"])

    def _tell(self, opened: Opened, *, is_dry: bool) -> None:
        if is_dry:
            self.stdout.write("可以开，这一次没有写入。")
            return
        self.stdout.write(
            f"已经开好：{opened.portal.name}（{opened.portal.host}）。\n"
            f"管理员用户名：{opened.admin.get_username()}\n"
            f"一次性密码：{opened.password}\n"
            "请当面或者打电话告诉本人；七天内有效，第一次登录后必须换成自己的密码。"
        )


def told_errors(form: NewPortalForm) -> str:
    """A line for each fault, with the name that the form gives the field."""
    lines = ["没有开，请改正："]
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        prefix = f"{label}：" if label else ""
        lines += [f"  {prefix}{error}" for error in errors]
    return "\n".join(lines)
