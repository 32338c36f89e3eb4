"""What is asked of a portal: the one form behind the admin and ``add_portal``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page, Site

from home.models import (
    FormerHost,
    HostingIdentity,
    Portal,
    PortalRole,
    PublisherIdentity,
    localized,
)
from home.portals.opening import NewPortal
from home.portals.people import SEPARATOR, NewPerson
from home.portals.provisioning import PortalSpec
from home.portals.trees import load_trees
from home.slugs import pinyin_slug

NAME = localized("name", settings.LANGUAGE_CODE)
REGION_NAME = localized("region_name", settings.LANGUAGE_CODE)
HOST = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$",
    _("域名由小写字母、数字、连字符和点组成，例如 sfj.qingshan.gov.cn。"),
)
WEB_ADDRESS = URLValidator(
    schemes=["http", "https"], message=_("请写完整的网址，以 https:// 开头。")
)
LOCAL_NAME = RegexValidator(
    r"^[a-z0-9]([a-z0-9_-]{0,28}[a-z0-9])?$",
    _("用小写字母、数字、连字符，例如 wangli。"),
)
OWN_HOST, PATH, COLUMN = "host", "path", "column"
ADDRESS_FORMS = [
    (OWN_HOST, _("自己的域名")),
    (PATH, _("别的网站下面的一个路径，例如 /sfj/")),
    (COLUMN, _("栏目包：放进县政府网站的页头和页脚里")),
]
# Field of the form -> (model, its field).
IDENTITY = {
    "publisher": (PublisherIdentity, localized("name", settings.LANGUAGE_CODE)),
    "publisher_phone": (PublisherIdentity, "phone"),
    "primary_color": (PublisherIdentity, "primary_color"),
    "accent_color": (PublisherIdentity, "accent_color"),
    "site_name": (HostingIdentity, localized("site_name", settings.LANGUAGE_CODE)),
    "site_domain": (HostingIdentity, "site_domain"),
    "site_id_code": (HostingIdentity, "site_id_code"),
    "organizer": (HostingIdentity, localized("organizer", settings.LANGUAGE_CODE)),
    "hosting_phone": (HostingIdentity, "phone"),
    "icp_number": (HostingIdentity, "icp_number"),
    "police_number": (HostingIdentity, "police_number"),
}


def taken_host(host: str, portal: Portal | None = None) -> bool:
    """Whether another portal has this host, or had it and readers are led on."""
    own_site = portal.site_id if portal else None
    own = portal.pk if portal else 0
    return (
        Site.objects.filter(hostname=host).exclude(pk=own_site).exists()
        or FormerHost.objects.filter(host=host).exclude(portal_id=own).exists()
    )


class PortalForm(WagtailAdminModelForm):
    languages = forms.MultipleChoiceField(
        label=_("启用的语言"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=[settings.LANGUAGE_CODE],
        help_text=_("简体中文总是启用的。"),
        required=False,
    )

    class Meta:
        model = Portal
        fields: ClassVar[list[str]] = [
            NAME,
            REGION_NAME,
            "region_code",
            "level",
            "parent",
            "languages",
            "public_base",
            "service_base",
            "host_parts",
            "exports_library",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A translated column is nullable in the database; these two never are.
        for name in {NAME, REGION_NAME} & self.fields.keys():
            self.fields[name].required = True
        parent = self.fields["parent"]
        if isinstance(parent, forms.ModelChoiceField):
            above = Portal.objects.filter(level=Portal.Level.PREFECTURE)
            parent.queryset = above.exclude(pk=self.instance.pk)

    def clean_languages(self) -> list[str]:
        chosen = {*self.cleaned_data["languages"], settings.LANGUAGE_CODE}
        return [code for code, _name in settings.LANGUAGES if code in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parent, code = cleaned.get("parent"), cleaned.get("region_code", "")
        level = cleaned.get("level", self.instance.level)
        if parent and level == Portal.Level.PREFECTURE:
            self.add_error("parent", _("市（州）门户没有上级门户。"))
        elif parent and code and code[:4] != parent.region_code[:4]:
            self.add_error(
                "region_code",
                _("县的代码前四位和上级一样，上级是 %(code)s。")
                % {"code": parent.region_code},
            )
        return cleaned


class KnownPortalForm(PortalForm):
    """Name, place and state have forms of their own; a level is for good."""

    class Meta(PortalForm.Meta):
        fields: ClassVar[list[str]] = [
            REGION_NAME,
            "region_code",
            "parent",
            "languages",
            "service_base",
            "layout",
            "host_parts",
            "exports_library",
        ]


class NewPortalForm(PortalForm):
    """In the order of docs/counties.md; what can wait comes last."""

    field_order = (
        NAME,
        REGION_NAME,
        "region_code",
        "level",
        "parent",
        "languages",
        "host",
        "address_form",
        "public_base",
        "tree",
        "publisher",
        "publisher_phone",
        "primary_color",
        "accent_color",
        "admin_username",
        "admin_name",
        "admin_email",
    )
    host = forms.CharField(
        label=_("域名"),
        max_length=255,
        validators=[HOST],
        help_text=_(
            "服务器按域名分辨门户，例如 sfj.qingshan.gov.cn；"
            "放在别的网站下面时，这是后台和搜索用的域名。"
        ),
    )
    address_form = forms.ChoiceField(
        label=_("群众从哪里看"),
        choices=ADDRESS_FORMS,
        initial=OWN_HOST,
        help_text=_("后两种要填“公开地址”，例如 https://www.qingshan.gov.cn/sfj。"),
    )
    tree = forms.ChoiceField(label=_("栏目模板"), choices=())
    publisher = forms.CharField(
        label=_("承办单位"), max_length=100, help_text=_("例如：青山县司法局。")
    )
    publisher_phone = forms.CharField(
        label=_("咨询电话"), max_length=50, required=False
    )
    primary_color = forms.CharField(label=_("主色"), max_length=7, initial="#1c5a8a")
    accent_color = forms.CharField(label=_("强调色"), max_length=7, initial="#b3261e")
    site_name = forms.CharField(
        label=_("网站名称"),
        max_length=100,
        required=False,
        help_text=_("承载本门户的政府网站的正式名称。上线前必须填。"),
    )
    site_domain = forms.CharField(label=_("网站域名"), max_length=100, required=False)
    site_id_code = forms.CharField(label=_("网站标识码"), max_length=10, required=False)
    organizer = forms.CharField(label=_("主办单位"), max_length=100, required=False)
    hosting_phone = forms.CharField(label=_("网站电话"), max_length=50, required=False)
    icp_number = forms.CharField(label=_("ICP备案号"), max_length=60, required=False)
    police_number = forms.CharField(
        label=_("公安机关备案号"), max_length=60, required=False
    )
    admin_username = forms.CharField(
        label=_("第一个管理员的用户名"),
        max_length=30,
        validators=[LOCAL_NAME],
        help_text=_("例如 wangli；登录时前面加上地区的拼音，提交后会显示全名。"),
    )
    admin_name = forms.CharField(label=_("管理员姓名"), max_length=50)
    admin_email = forms.EmailField(label=_("管理员邮箱"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].initial = Portal.Level.COUNTY
        above = Portal.objects.filter(level=Portal.Level.PREFECTURE)
        if above.count() == 1:
            self.fields["parent"].initial = above.get()
        trees = load_trees()
        choice = self.fields["tree"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(tree.key, tree.name) for tree in trees.values()]
        choice.initial = next(iter(trees))

    def needed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order or ()]

    def later_fields(self) -> list[forms.BoundField]:
        needed = self.field_order or ()
        return [field for field in self.visible_fields() if field.name not in needed]

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"]
        if taken_host(host):
            raise ValidationError(_("这个域名已经有门户在用。"))
        return host

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        form, base = cleaned.get("address_form"), cleaned.get("public_base", "")
        if form in (PATH, COLUMN) and not urlsplit(base).path.strip("/"):
            self.add_error(
                "public_base",
                _("请填写带路径的公开地址，例如 https://www.qingshan.gov.cn/sfj。"),
            )
        if form == OWN_HOST and urlsplit(base).path.strip("/"):
            self.add_error("public_base", _("自己的域名后面没有路径。"))
        for name, errors in self._identity_errors(cleaned):
            self.add_error(name, errors)
        return cleaned

    def _identity_errors(
        self, cleaned: dict[str, Any]
    ) -> Iterator[tuple[str, list[str]]]:
        for model in (PublisherIdentity, HostingIdentity):
            values = self._identity(model, cleaned)
            try:
                record = model(**values)
                record.clean_fields(exclude=["site"])
                record.clean()
            except ValidationError as error:
                for name, (owner, field) in IDENTITY.items():
                    if owner is model and field in error.message_dict:
                        yield name, error.message_dict[field]

    def _identity(self, model: type[Model], cleaned: dict[str, Any]) -> dict[str, Any]:
        return {
            field: cleaned[name]
            for name, (owner, field) in IDENTITY.items()
            if owner is model and name in cleaned
        }

    def new_portal(self) -> NewPortal:
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in PortalForm.Meta.fields}
        form = cleaned["address_form"]
        values["layout"] = (
            Portal.Layout.COLUMN if form == COLUMN else Portal.Layout.SITE
        )
        slug = free_slug(values[REGION_NAME], values["region_code"])
        tree = load_trees()[cleaned["tree"]]
        spec = PortalSpec(
            host=cleaned["host"],
            slug=slug,
            portal=values,
            hosting=self._identity(HostingIdentity, cleaned),
            publisher=self._identity(PublisherIdentity, cleaned),
            columns=tree.columns,
        )
        admin = NewPerson(
            username=f"{slug}{SEPARATOR}{cleaned['admin_username']}",
            name=cleaned["admin_name"],
            role=PortalRole.Role.ADMIN,
            email=cleaned["admin_email"],
        )
        return NewPortal(spec, tree.redirects, admin)


def free_slug(region_name: str, region_code: str) -> str:
    """Two regions may sound alike; every portal's home page stands below one root."""
    slug = pinyin_slug(region_name)
    taken = Page.objects.filter(depth=2, slug=slug).exists()
    return f"{slug}-{region_code}" if taken else slug
