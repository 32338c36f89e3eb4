"""Full names of people in a Chinese text: 张建国, but not 张某, 老王 or 李女士. Pure code.

A name cannot be told for certain, so what is found here is pointed out and refuses
nothing. A wrong hint costs a clerk a second look, and many of them make the clerk look
away: a name counts where a role stands before it (原告、村民 …), or where the tagger sees
a name with a common surname in the place of a person. Officials are no parties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import rjieba


@dataclass(frozen=True, slots=True)
class NameFinding:
    name: str
    start: int
    excerpt: str

    @property
    def surname(self) -> str:
        is_double = self.name.startswith(DOUBLE_SURNAMES)
        return self.name[: 2 if is_double else 1]


@dataclass(frozen=True, slots=True)
class TaggedWord:
    """A word, its part of speech as rjieba tags it (nr: a name), and its place."""

    text: str
    tag: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# The hundred most common, and those of two characters.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏"
    "魏吕丁沈姚卢姜崔钟谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵覃"
    "武钱戴严莫孔向常汤康易乔赖文庞樊殷施翟倪岳齐梅莊庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳"
    "盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶"
    "刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻"
    "揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明"
    "沙薄伏岑习胥保和蔺張劉陳楊黃趙吳孫馬鄭羅許鄧馮蕭葉蘇呂盧鍾譚陸範賈鄒龍賀顧龔錢戴嚴湯喬賴龐齊"
)
DOUBLE_SURNAMES = (
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "令狐", "司徒", "夏侯",
    "慕容", "端木", "东方", "南宫", "歐陽", "司馬",
)  # fmt: skip
# Surnames that are words of every day: only where the tagger agrees.
WORDS_TOO = frozenset(
    "方高于和时常关万任应安连温文向水成包经段白石金江龙雷史毛武钱严莫孔康易管祝左谷单司宁解强华"
    "车房边古米池晋宫来全简盖木党连商都计花蓝井练乐封原官应台银明沙保位甘景阳项游盛童凌费纪冷"
    "甄查席卫庞欧牟卜曲田林叶程夏梅宗楚燕银司仲顾岳"
)
_ROLES = (
    "原告", "被告人", "被告", "申请人", "申請人", "上诉人", "上訴人", "第三人",
    "当事人", "當事人", "委托人", "受援人", "被害人", "受害人", "嫌疑人", "债权人",
    "债务人", "担保人", "保证人", "借款人", "出租人", "承租人", "承包人", "发包人",
    "监护人", "被继承人", "继承人", "遗嘱人", "立遗嘱人", "赠与人", "死者", "伤者",
    "村民", "居民", "农民工", "农民", "工人", "民工", "职工", "员工", "户主", "业主",
    "房东", "租客", "老人", "邻居", "鄰居", "妻子", "丈夫", "儿子", "女儿", "父亲",
    "母亲", "哥哥", "弟弟", "姐姐", "妹妹", "叔叔", "侄子", "孙子", "包工头", "老板",
    "雇主", "雇员", "学生", "司机", "车主", "男子", "女子", "男方", "女方", "甲方",
    "乙方", "名叫", "叫做", "化名为",
)  # fmt: skip
_OFFICIALS = frozenset(
    "法官 审判员 审判长 书记员 律师 调解员 主任 副主任 所长 副所长 局长 副局长 书记 "
    "股长 科长 院长 庭长 检察官 民警 警官 公证员 仲裁员 鉴定人 鉴定员 工作人员 干警 "
    "专家 教授 记者 作者 通讯员 法律顾问 司法助理员 志愿者 代理人 站长 镇长 乡长 县长 "
    "同志 摄影".split()
)
_SAYS = frozenset(
    "说 称 诉 表示 认为 与 向 和 因 系 找 找到 来到 来 承认 同意 拒绝 起诉 受伤 拖欠 "
    "去世 死亡 外出 打工 将 把 被 及 （ ( 在 到 是 的 给 欠 借给 借 、 先后 自愿 于 "
    "拖欠工资 要求 提出 申请 不服 委托 從 从 對 对 為 为 两人 二人 夫妻 夫妇 一家 家".split()
)
# What the tagger takes for names.
_NO_NAMES = frozenset(
    "陈述 张贴 陳述 張貼 孙女 孙子 孫女 孫子 许可 许诺 张罗 付清 付款 包办".split()
)
# What only people do, for a surname that is a word as well.
_ACTS = _SAYS - frozenset(
    "与 向 和 因 将 把 被 及 （ ( 在 到 是 的 给 、 先后 于 从 對 对 為 为".split()
)
_NOT_A_NAME = re.compile(
    r"某|氏$|(?:老板|主任|支书|[队班组]长)$|[县縣镇鎮乡鄉村市省区區法局所院站河山路街桥组队厂店家人们們]$"
    r"|[银銀]行|女士|先生|大爷|大妈|大娘|大叔|大伯|大哥|大姐|大嫂|老汉|老太|阿姨|师傅|[婶嫂爷奶]$"
)
# A given name ends before these.
_FUNCTION = "与和及因诉称说向在到的等将已于被把对给就也都又还则系是由从為與說對給還為從"
_TITLE = re.compile(r"《[^》]*》")
_ROLE = re.compile(
    "(?:" + "|".join(sorted(_ROLES, key=len, reverse=True)) + r")[（(]?[：:“\"]?"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_EXCERPT = 6


def find_full_names(text: str) -> list[NameFinding]:
    """Each name once, in the order in which they stand."""
    # A title names laws and not people; its length stays, so that positions do.
    plain = _TITLE.sub(lambda match: "《" + "　" * (len(match[0]) - 2) + "》", text)
    tokens = tuple(tagged_words(plain))
    found = sorted({*_after_roles(plain, tokens), *_tagged(tokens), *_double(tokens)})
    names: dict[str, NameFinding] = {}
    for start, name in found:
        if name not in names:
            names[name] = NameFinding(name, start, _excerpt(text, start, len(name)))
    return list(names.values())


def tagged_words(plain: str) -> Iterator[TaggedWord]:
    """The words of a text with what the tagger takes them for."""
    place = 0
    for word, tag in rjieba.tag(plain):
        start = plain.index(word, place)
        place = start + len(word)
        yield TaggedWord(word, tag, start)


def _after_roles(
    plain: str, tokens: tuple[TaggedWord, ...]
) -> Iterator[tuple[int, str]]:
    """原告张建国, 村民李秀英 …"""
    by_start = {token.start: token for token in tokens}
    for role in _ROLE.finditer(plain):
        han = _HAN.match(plain, role.end())
        token = by_start.get(role.end())
        if han is None or (token is None and _is_in_word(role, tokens)):
            continue
        if token is None or len(token.text) == 1 or token.text in DOUBLE_SURNAMES:
            name = _name_at_start(han[0], _follower(token, tokens))
        else:
            name = token.text if token.tag == "nr" else ""
        longer = name + han[0][len(name) : len(name) + 1]
        if looks_like_a_name(name) and not _NOT_A_NAME.search(longer):
            yield role.end(), name


def _is_in_word(role: re.Match[str], tokens: tuple[TaggedWord, ...]) -> bool:
    """The role only begins a longer word, 原告方; not 人马 of 申请人马秀兰."""
    return any(token.start <= role.start() < role.end() < token.end for token in tokens)


def _follower(
    token: TaggedWord | None, tokens: tuple[TaggedWord, ...]
) -> TaggedWord | None:
    if token is None:
        return None
    return next((other for other in tokens if other.start == token.end), None)


def _name_at_start(han: str, follower: TaggedWord | None) -> str:
    """The longest name with which a run of characters may begin; "" for none."""
    surname = han[:2] if han[:2] in DOUBLE_SURNAMES else han[:1]
    if surname not in DOUBLE_SURNAMES and surname not in SURNAMES:
        return ""
    if surname in WORDS_TOO and (follower is None or follower.tag != "nr"):
        return ""
    given = han[len(surname) : len(surname) + 2]
    while given and given[-1] in _FUNCTION:
        given = given[:-1]
    return surname + given if given and given[0] not in _FUNCTION else ""


def _double(tokens: tuple[TaggedWord, ...]) -> Iterator[tuple[int, str]]:
    """欧阳 and 建华, which the tagger cuts apart."""
    for surname, given in pairwise(tokens):
        is_given = given.tag in {"nr", "nz"} and len(given.text) <= 2
        name = surname.text + given.text
        if surname.text in DOUBLE_SURNAMES and is_given and looks_like_a_name(name):
            yield surname.start, name


def _tagged(tokens: tuple[TaggedWord, ...]) -> Iterator[tuple[int, str]]:
    """Names that the tagger sees, where a person says or does something."""
    for before, token, after in zip(
        (None, *tokens), tokens, (*tokens[1:], None), strict=False
    ):
        name = token.text
        if token.tag != "nr" or not looks_like_a_name(name):
            continue
        near = {neighbor.text for neighbor in (before, after) if neighbor}
        if near & _OFFICIALS:
            continue
        is_word_too = name[0] in WORDS_TOO
        acts = after is not None and after.text in (_ACTS if is_word_too else _SAYS)
        if acts or (len(name) > 2 and not is_word_too):
            yield token.start, name


def looks_like_a_name(word: str) -> bool:
    if word in _NO_NAMES or _NOT_A_NAME.search(word) or not _HAN.fullmatch(word):
        return False
    if word.startswith(DOUBLE_SURNAMES):
        return 3 <= len(word) <= 4
    return 2 <= len(word) <= 3 and word[0] in SURNAMES


def _excerpt(text: str, start: int, length: int) -> str:
    around = text[max(0, start - _EXCERPT) : start + length + _EXCERPT]
    return " ".join(around.split())
