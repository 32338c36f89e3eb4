"""One full frame: every identity, language and head tag filled."""

from __future__ import annotations

from home.presentation import (
    Crumb,
    Frame,
    HeadTags,
    HostingData,
    LanguageLink,
    MenuItem,
    PortalData,
    PortalLink,
    PublisherData,
)

PORTAL = PortalData(
    id=1,
    host="a.localhost",
    name="青山县法治宣传网",
    region_name="青山县",
    level="county",
    state="paused",
    languages=("zh-hans", "en", "ug"),
    service_base="",
    is_demo=True,
    change_number=1,
)
FRAME = Frame(
    portal=PORTAL,
    hosting=HostingData(
        site_name="青山县人民政府",
        site_domain="www.example.gov.cn",
        site_id_code="0000000001",
        organizer="青山县人民政府",
        phone="0000-1234567",
        icp_number="演ICP备00000001号",
        police_number="演公网安备00000001号",
        police_url="https://beian.example.gov.cn/",
        error_report_url="https://error.example.gov.cn/",
        party_mark_url="https://mark.example.gov.cn/",
    ),
    publisher=PublisherData(
        name="青山县司法局",
        phone="0000-7654321",
        address="城关镇人民路1号",
        hours="周一至周五",
    ),
    menu=(MenuItem("首页", "/"), MenuItem("法律问答", "/wenda/", is_current=True)),
    breadcrumb=(
        Crumb("首页", "/"),
        Crumb("法律问答", "/wenda/"),
        Crumb("老板不给工钱怎么办？", "/wenda/gongqian/"),
    ),
    language="zh-hans",
    direction="ltr",
    languages=(
        LanguageLink("zh-hans", "简体中文", "/", True, True),
        LanguageLink("en", "English", "/en/", False, True),
        LanguageLink("ug", "ئۇيغۇرچە", "/", False, False, "本页只有中文。"),
    ),
    parent=PortalLink(
        "云岭市法治宣传网", "云岭市", "prefecture", "http://b.localhost/"
    ),
    children=(PortalLink("石桥镇", "石桥镇", "county", ""),),
    head=HeadTags(
        title="老板不给工钱怎么办？ - 青山县法治宣传网",
        column_name="法律问答",
        column_description="一问一答",
        column_keywords="法律,问答",
        column_type="政策解读",
        article_title="老板不给工钱怎么办？",
        pub_date="2026-03-01 09:30",
        content_source="青山县司法局",
        keywords="欠薪",
        author="李明",
        description="先投诉",
        url="https://sfj.example.gov.cn/wenda/gongqian/",
        canonical="https://sfj.example.gov.cn/wenda/gongqian/",
        feed_path="/feed.xml",
    ),
    home_path="/",
    search_href="http://a.localhost/search/",
    suggest_href="/api/v2/suggest/",
    is_preview=True,
    standard_pages=(
        Crumb("隐私说明", "/guanyu/yinsi/"),
        Crumb("无障碍声明", "/guanyu/wuzhangai/"),
    ),
)
