"""What tests ask about a public page."""

from __future__ import annotations

from html.parser import HTMLParser

HANDLER = "on"


class Markup(HTMLParser):
    """Elements of a page, its head tags, links and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.inline: list[str] = []  # contents of <script> and <style>
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] in {"script", "style"} and data.strip():
            self.inline.append(data)
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]

    def meta(self) -> dict[str, str]:
        return {
            attrs["name"]: attrs["content"]
            for attrs in self.all("meta")
            if "name" in attrs
        }

    def policy_breaches(self) -> list[str]:
        """What the content security policy of the public pages forbids."""
        found = [f"inline: {words[:40]}" for words in self.inline]
        for tag, attrs in self.elements:
            found += [
                f"<{tag} {name}>"
                for name in attrs
                if name == "style" or name.startswith(HANDLER)
            ]
            if tag in {"iframe", "object", "embed", "base"}:
                found.append(f"<{tag}>")
        return found
