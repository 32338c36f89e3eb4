"""Regions in a form: a short list of one's own, villages below their township."""

from __future__ import annotations

from home.models import Region, ServicePointPage
from tests.directory_factories import DirectoryPageFactory
from tests.factories import RegionFactory, TwoPortals


def test_form_lists_townships_and_villages_of_the_own_county(
    two_portals: TwoPortals,
) -> None:
    for code, name in (
        ("000002", "青山县"),
        ("000002001", "石桥镇"),
        ("000002001201", "杏花村"),
        ("000002002", "云雾乡"),
        ("000003001", "白河镇"),
    ):
        RegionFactory(code=code, name_zh_hans=name)
    parent = DirectoryPageFactory(parent=two_portals.qingshan.column)
    handler = ServicePointPage.get_edit_handler()
    form = handler.get_form_class()(
        instance=ServicePointPage(),
        parent_page=parent,
        for_user=two_portals.qingshan.editor,
    )
    names = [str(label) for _value, label in form.fields["township"].choices]
    assert names == ["—", "石桥镇", "云雾乡"]
    village = Region.objects.get(code="000002001201")
    assert list(form.fields["village"].choices) == [
        ("", "—"),
        ("石桥镇", [(village.pk, "杏花村")]),
    ]
