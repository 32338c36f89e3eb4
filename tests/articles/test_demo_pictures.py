"""The pictures, emblems and files of the demo."""

from __future__ import annotations

import codecs
import csv
import io
import re
import time
import zlib
from datetime import timedelta
from functools import cache

import pytest
from PIL import Image, ImageFont

from articles.demo import forms, pictures
from articles.demo.drawing import emblems, scenery
from articles.demo.drawing.scenery import Scene, blend

KEYS = sorted(pictures.PICTURES)
LIMIT = timedelta(seconds=2)


@cache
def drawn(key: str) -> Image.Image:
    return pictures.draw(key)


@pytest.mark.parametrize("key", KEYS)
def test_picture_is_full_size_and_rich_in_color(key: str) -> None:
    picture = drawn(key)

    assert picture.size == (1600, 900)
    assert picture.mode == "RGB"
    thumbnail = picture.resize((160, 90))
    assert len(set(thumbnail.get_flattened_data())) > 1000


def test_pictures_differ_from_each_other() -> None:
    small = {drawn(key).resize((80, 45)).tobytes() for key in KEYS}

    assert len(small) == len(KEYS)


@pytest.mark.parametrize("key", ["terraces", "lesson-under-tree"])
def test_picture_drawn_twice_has_the_same_bytes(key: str) -> None:
    assert pictures.draw(key).tobytes() == drawn(key).tobytes()


def test_picture_takes_less_than_two_seconds_of_work() -> None:
    start = time.process_time()

    pictures.draw("terraces")  # the slowest of them

    assert timedelta(seconds=time.process_time() - start) < LIMIT


def test_every_picture_says_what_it_shows_and_who_drew_it() -> None:
    for key, spec in pictures.PICTURES.items():
        assert spec.title, key
        assert re.fullmatch(r"[^“”]{15,80}。", spec.alt), key
        assert spec.credit == "乡法通项目绘制", key


def test_alternative_texts_and_titles_are_unique() -> None:
    specs = pictures.PICTURES.values()

    assert len({spec.alt for spec in specs}) == len(specs)
    assert len({spec.title for spec in specs}) == len(specs)


def test_without_a_chinese_font_words_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scenery, "FONT_FILES", ("no-such-font.ttc",))
    scene = Scene(200, 80, ("#ffffff",))

    scene.text(100, 40, "普法", 40, "#000000")

    assert scenery.find_font(40) is None
    assert scene.finish().getcolors() == [(200 * 80, (255, 255, 255))]


def test_with_a_chinese_font_words_are_drawn() -> None:
    if scenery.find_font(40) is None:
        pytest.skip("needs a Chinese font: apt install fonts-noto-cjk")
    scene = Scene(200, 80, ("#ffffff",))

    scene.text(100, 40, "普法", 40, "#000000")

    assert (0, 0, 0) in {color for _count, color in scene.finish().getcolors(9999)}


def test_font_that_is_found_is_simplified_chinese() -> None:
    font = scenery.find_font(20)
    if font is None:
        pytest.skip("needs a Chinese font: apt install fonts-noto-cjk")

    assert isinstance(font, ImageFont.FreeTypeFont)
    assert font.getname()[0] == "Noto Sans CJK SC"


def test_edges_are_smoothed() -> None:
    scene = Scene(40, 40, ("#ffffff",))

    scene.disc(20, 20, 12, "#000000")

    colors = {color for _count, color in scene.finish().getcolors()}
    assert len(colors) > 4  # black, white and greys between


@pytest.mark.parametrize(
    ("share", "expected"), [(0, "#000000"), (0.5, "#804020"), (1, "#ff8040")]
)
def test_blend_goes_from_the_first_color_to_the_second(
    share: float, expected: str
) -> None:
    assert blend("#000000", "#ff8040", share) == expected


# --- emblems ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(emblems.EMBLEMS))
def test_emblem_is_a_round_sign_with_clear_corners(key: str) -> None:
    emblem = emblems.emblem(key)

    assert (emblem.size, emblem.mode) == ((256, 256), "RGBA")
    assert [emblem.getpixel(corner)[3] for corner in ((0, 0), (255, 255))] == [0, 0]
    assert emblem.getpixel((128, 128))[3] == 255


def test_emblem_survives_as_png() -> None:
    file = io.BytesIO()

    emblems.emblem("liuxi").save(file, "PNG")

    assert Image.open(io.BytesIO(file.getvalue())).size == (256, 256)


# --- files that articles attach -------------------------------------------------------


def shown_words(pdf: bytes) -> str:
    """The words that a PDF of ours draws, in their order."""
    match = re.search(rb"/FlateDecode >>\nstream\n(.+?)\nendstream", pdf, re.DOTALL)
    assert match is not None
    content = zlib.decompress(match[1]).decode("ascii")
    codes = re.findall(r"<([0-9A-F]+)> Tj", content)
    return "\n".join(bytes.fromhex(code).decode("utf-16-be") for code in codes)


def test_form_holds_its_words_as_text() -> None:
    words = shown_words(forms.read("qianxin-dengji")).splitlines()

    assert words[0] == "欠薪情况登记表"
    assert {"姓名", "拖欠数额（元）", "劳动合同", "以上情况属实。"} <= set(words)


def test_form_names_its_language_and_title_for_screen_readers() -> None:
    pdf = forms.read("qianxin-dengji")

    assert b"/Lang (zh-CN)" in pdf
    assert "\ufeff欠薪情况登记表".encode("utf-16-be").hex().upper().encode() in pdf


def test_places_in_the_table_of_a_form_lead_to_its_objects() -> None:
    pdf = forms.read("qianxin-dengji")
    start = int(re.search(rb"startxref\n(\d+)", pdf)[1])
    places = re.findall(rb"(\d{10}) 00000 n ", pdf[start:])

    assert len(places) == pdf.count(b" 0 obj\n")
    for number, place in enumerate(places, start=1):
        assert pdf[int(place) :].startswith(f"{number} 0 obj".encode())


def test_all_fields_of_a_form_fit_on_its_page() -> None:
    match = re.search(
        rb"/FlateDecode >>\nstream\n(.+?)\nendstream",
        forms.read("qianxin-dengji"),
        re.DOTALL,
    )
    content = zlib.decompress(match[1]).decode("ascii")
    heights = [float(y) for y in re.findall(r"Tf [\d.]+ (-?[\d.]+) Td", content)]

    assert min(heights) == 40  # the footer; nothing runs into it or below
    assert sorted(heights)[1] > 60


def test_table_of_work_days_opens_in_a_spreadsheet() -> None:
    data = forms.read("jigong-biao")

    assert data.startswith(codecs.BOM_UTF8)  # without it Excel shows rubbish
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "日期"
    assert {len(row) for row in rows} == {len(rows[0])}


def test_every_attachment_is_a_file_of_the_type_that_its_name_says() -> None:
    starts = {".pdf": b"%PDF-1.", ".csv": codecs.BOM_UTF8, ".txt": "讨薪".encode()}
    for key, spec in forms.attachments().items():
        ending = spec.file[spec.file.rindex(".") :]
        assert forms.read(key).startswith(starts[ending]), key
