"""A county's web server as far as an export needs one: files below a path, the error
page, includes (SSI)."""

from __future__ import annotations

import mimetypes
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

INCLUDE = re.compile(rb'<!--#include virtual="([^"]+)" -->')
# What the project's server sends with its pages.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)

for _extension, _type in ((".avif", "image/avif"), (".vtt", "text/vtt")):
    mimetypes.add_type(_type, _extension)


@dataclass(slots=True)
class WebServer:
    """Hands out ``folder`` below ``path``; ``files``: what else the host has."""

    folder: Path
    path: str = "/"
    files: Mapping[str, bytes] = field(default_factory=dict)
    has_includes: bool = False
    port: int = 0

    def url(self, name: str = "") -> str:
        return f"http://xian.localhost:{self.port}{self.path}{name}"

    def answer(self, path: str) -> tuple[int, bytes, str]:
        name = unquote(urlsplit(path).path)
        if name in self.files:
            return 200, self.files[name], _type_of(name)
        inside = name.removeprefix(self.path)
        if name.endswith("/"):
            inside += "index.html"
        file = self.folder / inside
        if not name.startswith(self.path) or not file.is_file():
            missing = self.folder / "404.html"
            return 404, self._included(missing.read_bytes()), _type_of("404.html")
        body = file.read_bytes()
        is_page = file.suffix == ".html"
        return 200, self._included(body) if is_page else body, _type_of(file.name)

    def _included(self, body: bytes) -> bytes:
        if not self.has_includes:
            return body
        return INCLUDE.sub(lambda match: self.files[match[1].decode()], body)


def _type_of(name: str) -> str:
    found = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


@contextmanager
def serving(server: WebServer) -> Iterator[WebServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, content_type = server.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_args: object) -> None:
            """A browser that leaves is no fault of ours."""

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.port = http.server_port
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
