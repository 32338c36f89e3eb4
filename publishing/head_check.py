"""What an online portal must say of itself on every page (checklist 2 and 3.1)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from home.models import Portal
from publishing.identity import hosting_data, publisher_data
from publishing.tree import default_language


def missing_identity(portal: Portal) -> list[str]:
    """A sentence for each required head tag or footer item that is empty."""
    hosting = hosting_data(portal, default_language())
    publisher = publisher_data(portal, default_language(), None)
    required = {
        _("网站名称（SiteName）"): hosting.site_name,
        _("网站域名（SiteDomain）"): hosting.site_domain,
        _("网站标识码（SiteIDCode）"): hosting.site_id_code,
        _("主办单位"): hosting.organizer,
        _("承办单位"): publisher.name,
        _("联系电话"): hosting.phone or publisher.phone,
        _("ICP备案号"): hosting.icp_number,
        _("公安机关备案号"): hosting.police_number,
        _("党政机关网站标识"): hosting.party_mark_url,
        _("“我为政府网站找错”链接"): hosting.error_report_url,
    }
    return [
        _("缺少%(item)s，请在“设置”里填写。") % {"item": item}
        for item, value in required.items()
        if not value
    ]
