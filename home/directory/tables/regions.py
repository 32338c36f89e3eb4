"""Townships and villages of a portal by name, as a table writes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from home.models import Portal, Region
from home.models.regions import TOWNSHIP, VILLAGE


class RegionNames:
    """By name or code; a name that two townships share wants its code."""

    def __init__(self, portal: Portal) -> None:
        self.regions = list(Region.objects.of_portal(portal))
        self.by_code = {region.code: region for region in self.regions}

    @property
    def townships(self) -> tuple[str, ...]:
        return tuple(str(one) for one in self.regions if one.level == TOWNSHIP)

    def township(self, text: str) -> Region | None:
        """Raises ``ValueError`` with a sentence."""
        if not text:
            return None
        return self._one(text, [one for one in self.regions if one.level == TOWNSHIP])

    def village(self, text: str, township: Region | None) -> Region | None:
        if not text:
            return None
        if township is None:
            raise ValueError(_("写了村，也要写乡镇。"))
        inside = [
            one
            for one in self.regions
            if one.level == VILLAGE and one.parent_code == township.code
        ]
        return self._one(text, inside, township)

    def villages(self, texts: Iterable[str], township: Region | None) -> list[str]:
        found = [self.village(text, township) for text in texts]
        return sorted(region.code for region in found if region is not None)

    def _one(
        self, text: str, among: list[Region], township: Region | None = None
    ) -> Region:
        found = [one for one in among if text in (str(one), one.code)]
        if len(found) > 1:
            raise ValueError(
                _("有几个地方叫“%(name)s”，请写区划代码。") % {"name": text}
            )
        if found:
            return found[0]
        if township is not None:
            raise ValueError(
                _("“%(township)s”没有“%(name)s”，请先在行政区划里添加。")
                % {"township": township, "name": text}
            )
        raise ValueError(
            _("本地区没有“%(name)s”，请先在行政区划里添加。") % {"name": text}
        )
