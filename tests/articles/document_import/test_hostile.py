"""Files that were made to keep the parser busy."""

from __future__ import annotations

import pytest

from articles.document_import import ImportRefusedError, read_document
from articles.document_import.chrome import LONGEST_CHROME, chrome_code
from articles.document_import.markup import MOST_ENTITIES


def test_long_line_is_text_whatever_words_are_in_it() -> None:
    line = "示例网站 ICP备00000000号"
    assert chrome_code(line, at_edge=True) == "site_footer"
    assert chrome_code(line + "字" * LONGEST_CHROME, at_edge=True) == ""


def test_page_of_entities_without_end_is_refused() -> None:
    page = "<p>司法局通知，请各司法所认真执行。</p>"
    assert read_document((page + "&nbsp;" * 100).encode(), "a.html").blocks
    with pytest.raises(ImportRefusedError, match="网页太复杂"):
        read_document((page + "&" * (MOST_ENTITIES + 1)).encode(), "a.html")
