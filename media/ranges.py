"""Part of a file (RFC 9110, 14): without it an iPhone plays no video, and nobody can
jump ahead in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 64 * 1024


def wanted_part(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """(first byte, byte after the last), or None where the whole file is wanted.

    Only one part at a time: browsers ask for no more. A part that begins behind the
    end comes back empty.
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    return int(first), min(size, int(last) + 1) if last else size


def send_part(
    file: IO[bytes], part: tuple[int, int], size: int, content_type: str
) -> HttpResponseBase:
    """206 with the part, or 416 where there is nothing in it; closes the file."""
    start, end = part
    if start >= min(end, size):
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(start)
    return StreamingHttpResponse(
        _read(file, end - start),
        status=206,
        content_type=content_type,
        headers={
            "Content-Length": str(end - start),
            "Content-Range": f"bytes {start}-{end - 1}/{size}",
        },
    )


def _read(file: IO[bytes], length: int) -> Iterator[bytes]:
    with file:
        while length and (chunk := file.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
