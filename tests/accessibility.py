"""What is wrong with the page that a browser shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
RULES = {
    "runOnly": [
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice",
    ]
}
# Links inside a sentence are exempt from the target size (WCAG 2.5.8).
SMALL_TARGETS = """() => {
  const inSentence = ".prose, .provision > p, .fine, .alert > p, .answer__text";
  const wanted = parseFloat(
    getComputedStyle(document.documentElement).getPropertyValue("--target"));
  return [...document.querySelectorAll("a[href], button, summary, input")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const isShown = box.width > 0 && element.type !== "hidden";
      return isShown && !element.closest(inSentence)
        && !element.matches(".skip-link")
        && (box.height < wanted - 0.5 || box.width < 43.5);
    })
    .map((element) => element.outerHTML.slice(0, 120));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # ships no types
        Axe,
    )

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]
