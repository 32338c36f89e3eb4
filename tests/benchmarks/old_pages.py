"""A saved old website of any size, the same on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from PIL import Image

HOST = "http://www.old.example"
FIRST_DAY = date(2010, 1, 4)
SENTENCES = (
    "司法局组织工作人员到村里宣讲《中华人民共和国民法典》，村民围着桌子问了许多问题。",
    "调解员把两家人请到院坝里，从田埂的来历讲到《民法典》第二百八十八条，事情说开了。",
    "工作人员提醒大家，申请劳动仲裁的时效是一年，被拖欠工资的要早去劳动监察大队投诉。",
    "会上通报了上一季度的工作，安排了下一步的重点，各科室负责人作了发言。",
    "活动现场发放宣传册三百多份，解答法律咨询四十余人次，受到群众欢迎。",
    "县里的法律援助中心开通了农民工绿色通道，讨薪的案子当天受理、当天指派律师。",
    "依照《农村土地承包法》，承包期内发包方不得收回承包地，这一条老乡们最关心。",
)
PICTURES = 8
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}_旧网站</title>
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:{minute:02}">
<meta name="ContentSource" content="青山县司法局"></head><body>
<div class="top"><ul>{menu}</ul></div>
<div class="where">当前位置：<a href="/">首页</a> &gt; <a href="/list.asp?c=1">工作动态</a></div>
<table width="1000" align="center"><tr><td><h1>{title}</h1>
<p class="info">发布时间：{day} 来源：青山县司法局 浏览次数：{number} 字体：大 中 小</p>
<div id="zoom" style="font-size:16px">{body}</div></td></tr></table>
<div class="bottom"><p>版权所有：青山县司法局　地址：青山县青山镇　电话：0000-0000000</p></div>
<script>document.write("hits")</script></body></html>"""
MENU = "".join(f'<li><a href="/list.asp?c={n}">栏目{n}</a></li>' for n in range(12))


def save_old_site(folder: Path, count: int) -> Path:
    """``count`` pages with pictures and attachments; the table that lists them."""
    chance = random.Random(20261122)  # noqa: S311  (content, no secret)
    (folder / "pages").mkdir(parents=True)
    for number in range(PICTURES):
        (folder / f"pages/p{number}.jpg").write_bytes(_picture(number))
    (folder / "pages/form.txt").write_text("申请表", encoding="utf-8")
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["文件", "旧网址", "栏目", "主题", "人物肖像"])
    for number in range(count):
        title = f"第{number}次送法下乡活动走进石桥镇"
        html = PAGE.format(
            title=title,
            day=FIRST_DAY + timedelta(days=number % 5000),
            minute=number % 60,
            number=number,
            menu=MENU,
            body="\n".join(_paragraphs(number, chance)),
        )
        (folder / f"pages/{number}.html").write_text(html, encoding="utf-8")
        address = f"{HOST}/show.asp?id={number}"
        sheet.append([f"pages/{number}.html", address, "dongtai", "qianxin", "无人"])
    table = folder / "table.xlsx"
    book.save(table)
    return table


def _paragraphs(number: int, chance: random.Random) -> Iterator[str]:
    for _line in range(8):
        words = "".join(chance.sample(SENTENCES, 3))
        yield f'<p style="text-indent:2em"><span>　　{words}</span></p>'
    other = max(0, number - chance.randrange(1, 50))  # an earlier one
    yield f'<p>　　相关报道见<a href="show.asp?id={other}"><b>这里</b></a>。</p>'
    if number % 5 == 0:
        yield "<p><strong>一、下一步安排</strong></p><p>继续到各村宣讲。</p>"
    if number % 10 == 0:
        yield (
            "<table border=1><tr><th>乡镇</th><th>场次</th></tr>"
            "<tr><td>石桥镇</td><td>3</td></tr><tr><td>柳溪乡</td><td>2</td></tr></table>"
        )
    if number % 50 == 0:
        yield f'<p><img src="p{number // 50 % PICTURES}.jpg" alt="村民在院坝里听宣讲"></p>'
    if number % 20 == 0:
        yield '<p>附件：<a href="form.txt">法律援助申请表</a></p>'


def _picture(number: int) -> bytes:
    output = BytesIO()
    Image.new("RGB", (640, 480), (number * 30, 90, 120)).save(output, "JPEG")
    return output.getvalue()
