"""The demo pictures: drawn by the project, so that nobody's rights or faces are in them.

``draw(key)`` gives the same picture on every run of a machine; the few words in some
of them are left out where no Chinese font is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from articles.demo.drawing import gatherings, landscapes, telephone, workplaces
from articles.demo.drawing.scenery import Scene

CREDIT = "乡法通项目绘制"
Painter = Callable[[], Scene]


@dataclass(frozen=True, slots=True)
class PictureSpec:
    title: str
    alt: str
    credit: str
    paint: Painter


def draw(key: str) -> Image.Image:
    """The picture of that key, 1600 × 900."""
    return PICTURES[key].paint().finish()


def _spec(title: str, alt: str, paint: Painter) -> PictureSpec:
    return PictureSpec(title, alt, CREDIT, paint)


PICTURES: dict[str, PictureSpec] = {
    "terraces": _spec("晨光里的梯田村庄", "清晨，青山环抱的层层梯田旁有几户白墙黑瓦的人家。", landscapes.terraces),
    "river-bus": _spec("开到河边的普法大巴", "一辆车身画着天平的普法大巴，沿着大河边的公路驶过村庄。", landscapes.river_bus),
    "book-and-scales": _spec("云岭与法典", "云海群山前，一本翻开的法典上立着一架天平。", landscapes.book_and_scales),
    "lesson-under-tree": _spec("大树下的普法课堂", "村口大树下，村民坐在小凳上听工作人员讲法，旁边立着一块展板。", gatherings.lesson_under_tree),
    "mediation": _spec("人民调解室", "调解室里，五个人围坐在摆着茶杯和文书的长桌旁商量事情。", gatherings.mediation),
    "building-site": _spec("工地上的工友", "三位戴安全帽的工友站在在建楼房前，手里拿着工资单。", workplaces.building_site),
    "seed-shop": _spec("农资店里看标签", "农资店门前，一位老乡拿着票据，和店员一起核对买下的种子。", workplaces.seed_shop),
    "phone-shield": _spec("防住手机里的骗子", "夜色中的村庄前，一部大手机上挡着红色盾牌，旁边垂下一只挂着纸条的鱼钩。", telephone.phone_shield),
    "willow-stream": _spec("柳溪小桥", "溪边垂柳依依，石桥下一条小船驶过，对岸是桃花和白墙人家。", landscapes.willow_stream),
    "aid-counter": _spec("法律援助窗口", "法律援助窗口里两位工作人员正在接待前来咨询的村民。", workplaces.aid_counter),
    "courtyard": _spec("院子里的一家人", "秋天的农家小院，柿子树下，爷爷奶奶和孙辈一家人在一起。", gatherings.courtyard),
}  # fmt: skip
