"""One export at several places, and what a browser complains of there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from home.links import file_name
from home.models import Portal
from home.outward import leave_path
from publishing.packs.building import build_pack
from tests.accessibility import PHONE
from tests.publishing.asking import every_address, export
from tests.publishing.hosting import WebServer, serving
from tests.publishing.world import County, World, snapshot_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

OWN_BASE = "https://pufa.qingshan.example.gov.cn"
PATH_BASE = "https://www.qingshan.example.gov.cn/sfj"
# As county sites have them: names that we use as well, rules for bare elements.
HOST_PARTS = {
    "/sfj-parts/head.html": b'<link rel="stylesheet" href="/common/xian.css">',
    "/sfj-parts/header.html": "<div class='header'><div class='wrap'><p class='main'>"
    "<a href='/'>青山县人民政府</a></p><ul class='menu'><li><a href='/zwgk/'>政务公开</a>"
    "</li><li><a href='/hdjl/'>互动交流</a></li></ul></div></div>".encode(),
    "/sfj-parts/footer.html": "<div class='footer' role='contentinfo'>主办单位："
    "青山县人民政府 <a href='/about/'>网站地图</a></div>".encode(),
    "/common/xian.css": b"* { margin: 0; padding: 0 } a { color: #c00 }"
    b" .header { background: #c00; color: #fff } .header a { color: #fff }"
    b" .main { float: left; width: 300px } .menu { clear: both } .page { width: 500px }"
    b" .footer { background: #333; color: #fff } .footer a { color: #fff }"
    b" body { text-align: center; letter-spacing: 3px } h1 { font-size: 14px; color: #c00 } .button { border: 9px solid red }",
    "/favicon.ico": b"",
}


@dataclass(slots=True)
class Exports:
    county: County
    folders: dict[str, Path]
    paths: dict[str, str]  # what it is → logical path, one of each
    others: tuple[str, ...]  # words of the other county


def make_exports(world: World, output: Path) -> Exports:
    """Of the first county; its portal is that of a column afterwards."""
    own, other = world.qingshan, world.baihe
    folders = {
        "own host": export(own, output / "own", OWN_BASE),
        "below a path": export(own, output / "path", PATH_BASE),
    }
    folders["folder"] = folders["own host"]
    pack = output / "pack"
    build_pack(snapshot_of(own).portal, "audio", pack, public_base=OWN_BASE)
    folders["pack"] = pack / "site"
    portal = Portal.objects.get(pk=own.portal.pk)
    portal.layout, portal.host_parts = Portal.Layout.COLUMN, "/sfj-parts/"
    portal.save()
    folders["column"] = export(own, output / "column", PATH_BASE)
    return Exports(own, folders, one_of_each(own), (other.marker, other.host))


def one_of_each(county: County) -> dict[str, str]:
    """An address of every kind, of pages of every type, in each language."""
    snapshot = snapshot_of(county)
    found: dict[str, str] = {}
    for address in every_address(snapshot):
        row = snapshot.tree.rows.get(address.page_id or 0)
        parts = (
            address.kind,
            row.kind if row else "",
            "list" if address.number or address.topic or address.year else "",
            address.language,
        )
        name = file_name(address.path)
        if name.endswith(".html") and address.kind != "error":
            found.setdefault(" ".join(filter(None, parts)), address.path)
    found["everything"] = "/dongtai/quanbu/"
    found["leave"] = leave_path(county.foreign_url)
    return found


@dataclass  # without slots: playwright keeps its own names on it
class Visit:
    """A browser at one of the places; what went wrong there."""

    root: str  # ends in a slash
    folder: Path
    page: Page
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.root}{file_name(path)}")

    def note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{self.page.url}: {message.text}")

    def answered(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")
        near = (self.root, "http://xian.localhost", self.folder.parent.as_uri())
        if not response.url.startswith(near):
            self.faults.append(f"elsewhere: {response.url}")

    def failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by the next page
            self.faults.append(f"failed: {request.url} {request.failure}")


@dataclass(slots=True)
class Visiting:
    """Browsers at the places; whoever reads from a folder has no network."""

    exports: Exports
    chromium: Browser
    servers: dict[str, WebServer]
    open: ExitStack

    def __call__(self, form: str) -> Visit:
        folder = self.exports.folders[form]
        server = self.servers.get(form)
        context = self.chromium.new_context(
            viewport=PHONE, offline=server is None, locale="zh-CN"
        )
        self.open.callback(context.close)
        root = server.url() if server else f"{folder.as_uri()}/"
        found = Visit(root, folder, context.new_page())
        found.page.on("console", found.note)
        found.page.on("response", found.answered)
        found.page.on("pageerror", lambda error: found.faults.append(str(error)))
        found.page.on("requestfailed", found.failed)
        return found


@contextmanager
def visiting_all(exports: Exports, chromium: Browser) -> Iterator[Visiting]:
    folders = exports.folders
    servers = {
        "own host": WebServer(folders["own host"]),
        "below a path": WebServer(folders["below a path"], "/sfj/"),
        "column": WebServer(folders["column"], "/sfj/", HOST_PARTS, has_includes=True),
    }
    with ExitStack() as stack:
        for server in servers.values():
            stack.enter_context(serving(server))
        yield Visiting(exports, chromium, servers, stack)
