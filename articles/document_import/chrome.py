"""What a copied page holds besides its document: tools, menus, forum, promotion, footer.

Known by the words that such parts of pages use everywhere, and by where they stand; never
by the name of a site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.document_import.labels import begins_with_label
from articles.document_import.lines import Line, Role, Sheet
from articles.document_import.parsed import Attachment
from articles.document_import.patterns import (
    ENDS_AS_DOCUMENT,
    HAN,
    is_date_line,
    read_marker,
)

_EDGES = re.compile(
    r"^[\s|｜•·●▪◆\-—*【\[\]】<>＜＞«»]+|[\s|｜•·●▪◆\-—*【\[\]】<>＜＞«»]+$"
)
_DIGITS = re.compile(r"[\d\s,.:/-]+")


def _whole(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words), re.IGNORECASE)


# Wherever they stand; the whole line has to be it.
TOOLS = _whole(
    r"(?:【?\s*字[号体](?:大小)?|字体大小)\s*[:：]?[\s\[【]*(?:[大中小][\s|｜\]】]*)*",
    r"(?:T|字)?\s*大\s*[|｜]?\s*中\s*[|｜]?\s*小",
    r"打\s*印(?:本页|此页|本文|页面|文章)?\s*[:：]?",
    r"关闭(?:窗口|本页|页面)?",
    r"收藏(?:本页|本文)?",
    r"(?:我要)?分享(?:到|至)?\s*[:：]?(?:\s*(?:微信|微博|QQ|QQ空间|朋友圈|人人网|[|｜]))*",
    r"(?:用手机)?扫(?:一扫|码).{0,24}",
    r"(?:用)?手机(?:扫码|查看|阅读).{0,16}",
    r"(?:浏览|点击|阅读|访问)(?:次数|量|数|人数)?\s*[:：]?\s*\d*\s*次?",
    r"(?:返回|回到|到)(?:顶部|首页|列表|上一?页|页首)|TOP",
    r"[<＜]?(?:上|下)一[篇条页].{0,80}",
    r"视力保护色?.{0,20}|保护视力色.{0,20}|背景(?:色|颜色)[:：]?.{0,20}",
    r"我要纠错|纠错|无障碍(?:浏览|阅读)?|长者模式|适老化?|语音播[报放]|朗读",
)
_NAVIGATION = _whole(
    r"(?:您|你)?(?:的|现在的?|所在的?)?(?:当前)?(?:所在)?位置(?:是)?\s*[:：].*",
    r"(?:网站)?首页(?:\s*(?:[|｜>＞»›/]|&gt;)+\s*\S.*)?",
    r"(?:[^>＞»›]{1,12}[>＞»›]{1,3}){2,}[^>＞»›]{1,40}",
    r"网站(?:地图|首页|声明)|(?:设为首页|加入收藏|联系我们|关于我们|隐私声明|法律声明|使用帮助)+",
)
_FORUM = _whole(
    r"[账帐]\s*号\S{0,2}|密\s*码|用户名|验证码",
    r"登\s*录|注\s*册|忘记密码.{0,2}|找回密码|(?:自动|记住)登录|退出",
    r"查看|回复|主题|帖子|广播|粉丝|听众|关注|精华|积分|金币|威望|发帖|收听",
    r"(?:添加|加|取消)?(?:为)?(?:关注|好友)|发(?:私|短)?消?信息?|串个门|打招呼",
    r"(?:用户)?(?:级别|等级|积分|头衔|组)\s*[:：].{0,30}",
    r"(?:登录次数|注册时间|最后登录|在线时间|上次登录)\s*[:：].{0,30}",
    r".{1,30}(?:当前)?(?:离线|在线)",
    r".{0,30}发表于\s*[:：]?\s*\d{4}.*",
    r".{0,40}(?:楼主|沙发|板凳|只看(?:该作者|楼主)|倒序浏览|\d+\s*楼|\d+#).{0,20}",
    r"主题\s*[:：].+[\[【]收藏(?:主题|本帖)?[\]】]?",
    r"支持\s*[（(]?\d*[）)]?.{0,40}反对\s*[（(]?\d*[）)]?.{0,60}",
    r".{0,10}回到(?:顶部|底部).{0,40}",
    r"[<＜]?上一主题.{0,40}下一主题[>＞]?",
    r"Powered\s+by.{0,80}|Archiver.{0,40}|小黑屋.{0,40}",
)
_FOOTER = _whole(
    r"(?:网站)?主办(?:单位)?\s*[:：].*|(?:网站)?承办(?:单位)?\s*[:：].*",
    r".*ICP备.*|.*ICP证.*|.*公网安备.*|.*网站标识码.*",
    r".*(?:版权所有|©|Copyright).*",
    r"(?:技术支持|网站维护|维护单位|运维电话|网站电话)\s*[:：].*",
    r"(?:建议使用|最佳分辨率|推荐使用).{0,60}",
)
_PROMOTION = (
    r"会员(?:分享|上传)",
    r"在线阅读",
    r"珍藏版",
    r"(?:上|站内)搜索",
    r"下载(?:地址|全文|后可|即可|积分|上)",
    r"(?:文库|文档|图纸|资料|论文)(?:网|下载|分享|大全)",
    r"版权(?:归|问题).{0,20}(?:联系|删除)",
    r"[a-z0-9-]{1,60}\.(?:com|net|cn|org)",
    r"(?<!\d)\d+页",
    r"更多(?:相关|精彩)",
)
_PROMOTION_PATTERNS = [re.compile(word, re.IGNORECASE) for word in _PROMOTION]
_LEAST_PROMOTION = 3

RELATED = re.compile(
    r"(?:相关(?:阅读|链接|新闻|文章|文件|信息|解读|推荐|报道|稿件)|延伸阅读|推荐阅读|猜你喜欢|热门推荐)\s*[:：]?"
)
_RELATED_ITEM = re.compile(
    r".{4,120}?[\s\[（(]*\d{4}-\d{1,2}-\d{1,2}[\]）)]?|[-•·▪●]\s*.{4,120}"
)
ATTACHMENTS = re.compile(
    r"(?:相关)?附件(?:下载|列表|信息|材料)?\s*[:：]?|附件\s*[:：]\s*无"
)
_COPYRIGHT = re.compile(
    r"(?P<site>[\w\u4e00-\u9fff]{2,20})\s*(?:©|版权所有|Copyright)", re.I
)
_BREADCRUMB = re.compile(r"位置(?:是)?\s*[:：]\s*(?P<site>[^>＞»›/]{2,30}?)\s*[>＞»›/]")
_POSTED = re.compile(r"发表于\s*[:：]?\s*(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})")
_ORGANIZER = re.compile(
    r"主办(?:单位)?\s*[:：]\s*(?P<unit>.+?)(?=\s{2,}|\u3000|\s*承办|\s*网站标识码|\s*[|｜]|$)"
)
_SITE_CODE = re.compile(r"网站标识码\s*[:：]?\s*(?P<code>bm\d{8}|\d{10})")


@dataclass(frozen=True, slots=True)
class Chrome:
    """What the left-out parts of the page say about where it comes from."""

    copied_from: str = ""
    copied_on: str = ""
    organizer: str = ""
    site_code: str = ""
    title: str = ""  # the subject of a forum's thread


# A longer line is text; the patterns would take time by the square of its length.
LONGEST_CHROME = 2_000


def bare(text: str) -> str:
    return _EDGES.sub("", text)


def chrome_code(text: str, *, at_edge: bool) -> str:
    """Which kind of chrome a line is; "" for none. ``at_edge``: head or end of page."""
    if len(text) > LONGEST_CHROME:
        return ""
    core = bare(text)
    if not core or TOOLS.fullmatch(core):
        return "page_tools"
    if not at_edge:
        return ""
    for code, pattern in (
        ("site_footer", _FOOTER),
        ("forum", _FORUM),
        ("navigation", _NAVIGATION),
    ):
        if pattern.fullmatch(core):
            return code
    return "promotion" if is_promotion(text) else ""


def is_promotion(text: str) -> bool:
    found = sum(1 for pattern in _PROMOTION_PATTERNS if pattern.search(text))
    return found >= _LEAST_PROMOTION


def is_content(line: Line) -> bool:
    """A sentence or a numbered paragraph: what a document is made of."""
    text = line.text
    if line.rows:
        return True
    if is_promotion(text) or begins_with_label(text):
        return False
    if len(text) >= 40 and any(sign in text for sign in "。；"):
        return True
    return read_marker(text) is not None and bool(re.search(f"[{HAN}]", text))


@dataclass(frozen=True, slots=True)
class Zones:
    """The lines before the first sentence of the document, and after the last."""

    head: list[Line]
    middle: list[Line]
    tail: list[Line]


def find_zones(lines: list[Line]) -> Zones:
    contents = [index for index, line in enumerate(lines) if is_content(line)]
    if not contents:
        return Zones(lines, [], [])
    first, last = contents[0], contents[-1] + 1
    return Zones(lines[:first], lines[first:last], lines[last:])


def leave_out_chrome(sheet: Sheet, zones: Zones) -> Chrome:
    """Take the chrome out of the body; say what it tells about the site."""
    for zone, at_edge in (
        (zones.head, True),
        (zones.middle, False),
        (zones.tail, True),
    ):
        for line in zone:
            if line.role != Role.BODY or line.rows:
                continue
            if code := chrome_code(line.text, at_edge=at_edge):
                sheet.leave_out(line, code)
    _leave_out_related(sheet, zones.tail)
    _leave_out_between(sheet, zones.head)
    _leave_out_between(sheet, zones.tail)
    _note_attachment_lists(sheet)
    return _what_chrome_says(sheet)


def _leave_out_related(sheet: Sheet, tail: list[Line]) -> None:
    inside = False
    for line in tail:
        if line.role == Role.HEADER:
            continue
        if RELATED.fullmatch(bare(line.text)):
            inside = True
        elif inside and not _RELATED_ITEM.fullmatch(line.text):
            inside = False
        if inside and line.role == Role.BODY:
            sheet.leave_out(line, "related_reading")


def _leave_out_between(sheet: Sheet, zone: list[Line]) -> None:
    """Short lines of a forum among its chrome: figures, names, a motto.

    A line between two parts of chrome belongs to it, unless it could be a title, an
    addressee, a signature or a date.
    """
    forum = {id(line) for line in sheet.left_out.get("forum", [])}
    edges = [index for index, line in enumerate(zone) if id(line) in forum]
    if not edges:
        return
    chrome = [index for index, line in enumerate(zone) if line.role == Role.LEFT_OUT]
    for index, line in enumerate(zone):
        if line.role != Role.BODY:
            continue
        is_between = index < edges[-1] and (index > chrome[0] or len(line.text) <= 12)
        if is_between and not _may_be_document(line.text):
            sheet.leave_out(line, "forum")


def _may_be_document(text: str) -> bool:
    return bool(ENDS_AS_DOCUMENT.search(text)) or is_date_line(text)


def _note_attachment_lists(sheet: Sheet) -> None:
    """ "附件下载:" at the very end, with nothing after it but chrome."""
    body = sheet.body()
    if body and ATTACHMENTS.fullmatch(bare(body[-1].text)):
        sheet.leave_out(body[-1], "attachment_unnamed")
        sheet.attachments.append(Attachment("", "", body[-1].number))


def _what_chrome_says(sheet: Sheet) -> Chrome:
    texts = [line.text for lines in sheet.left_out.values() for line in lines]
    texts += [
        place.excerpt
        for finding in sheet.findings
        if finding.code == "hidden_text"
        for place in finding.places
    ]
    forum = [line.text for line in sheet.left_out.get("forum", [])]
    is_forum = len(forum) >= 3

    def first(pattern: re.Pattern[str], group: str, among: list[str]) -> str:
        found = (pattern.search(text) for text in among)
        return next((match[group].strip() for match in found if match), "")

    site = first(_BREADCRUMB, "site", texts) or first(_COPYRIGHT, "site", texts)
    return Chrome(
        copied_from=site if is_forum else "",
        copied_on=first(_POSTED, "day", forum) if is_forum else "",
        organizer=first(_ORGANIZER, "unit", texts),
        site_code=first(_SITE_CODE, "code", texts),
        title=first(
            re.compile(r"^主题\s*[:：](?P<title>.+?)\s*(?:[\[【]|$)"), "title", forum
        ),
    )
