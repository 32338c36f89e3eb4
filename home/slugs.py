"""Readable ASCII slugs from Chinese headings. Pure code."""

from django.utils.text import slugify
from pypinyin import lazy_pinyin

MAX_LENGTH = 60


def pinyin_slug(text: str) -> str:
    """``"老板不给工钱怎么办？"`` → ``"lao-ban-bu-gei-gong-qian-zen-me-ban"``.

    Cut at a syllable below 60 characters; ``"page"`` never comes out (see
    ``home.links``), an empty result is ``"ye"`` (页).
    """
    slug = slugify("-".join(lazy_pinyin(text, errors=slugify)))
    if len(slug) > MAX_LENGTH:
        slug = slug[:MAX_LENGTH].rsplit("-", 1)[0]
    return slug.strip("-") or "ye"
