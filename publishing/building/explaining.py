"""Why a file of a site exists, and what it depends on, in words for an operator."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from home.links import file_name
from publishing.building.derived import need_name
from publishing.building.workshop import ASSET, LEAVE, MEDIA, PROVISION
from publishing.sites.outputs import Fact, Need, Output
from publishing.sites.record import Record

NEEDS = {
    ASSET: "静态文件",
    LEAVE: "离开本站的提示页",
    MEDIA: "图片或文件",
    PROVISION: "法条的短地址",
}


def find_output(record: Record, path: str) -> Output | None:
    """By the address, ``/wenda/`` or ``wenda/``, or by the name of the file."""
    for name in (
        path,
        file_name(f"/{path.lstrip('/')}"),
        f"{path.strip('/')}/index.html",
    ):
        found = record.output(name.lstrip("/"))
        if found is not None:
            return found
    return None


def explain(record: Record, output: Output) -> Iterator[str]:
    yield _("%(name)s：%(kind)s，%(size)s 字节，SHA-256 %(digest)s") % {
        "name": output.name,
        "kind": output.kind,
        "size": output.size,
        "digest": output.sha256,
    }
    if output.page_id is not None:
        yield _("由网页 %(id)s 生成。") % {"id": output.page_id}
    for need in _needs_met_by(record, output):
        names = record.needed_by(need)
        yield _("有 %(count)s 个文件需要它：%(names)s") % {
            "count": len(names),
            "names": "、".join(names[:10]),
        }
    if output.facts:
        yield _("它取决于：")
        yield from (f"  {shown(fact)}" for fact in sorted(output.facts))
    for kind, label in NEEDS.items():
        values = sorted(value for found, value in output.needs if found == kind)
        if values:
            yield _("它需要的%(kind)s：") % {"kind": label}
            yield from (f"  {value}" for value in values)


def shown(fact: Fact) -> str:
    """
    >>> shown(("card", "zh-hans", "[12]"))
    'card(12) zh-hans'
    """
    name, language, args = fact
    return f"{name}({args[1:-1]}) {language}"


def _needs_met_by(record: Record, output: Output) -> Iterator[Need]:
    if output.kind not in NEEDS:
        return
    for value in sorted(record.needed(output.kind)):
        if need_name((output.kind, value)) == output.name:
            yield (output.kind, value)
