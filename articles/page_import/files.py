"""Pictures and attachments of old pages: checked as uploads are, each content once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from django.core.exceptions import ValidationError
from PIL import Image

from articles.page_import.marks import marks_in
from home.models import Portal
from media.document_checks import CleanDocumentFile, clean_document
from media.models import Consent, PortalDocument, PortalImage
from media.uploads import CleanImageFile, clean_image

# Both sides: the sign of a file type, a bullet, a counter of visits.
SMALLEST_PICTURE = 32


class NotWanted(Exception):
    """A picture that is no content."""


@dataclass(slots=True)
class FoundFile:
    """A file that is in order; its cleaned bytes wait beside until all is checked."""

    kind: str  # image | document
    digest: str  # as the library remembers a file
    name: str  # under which it is stored
    title: str
    words: str = ""  # alternative text of a picture
    consent: str = Consent.UNCLEAR
    stored_id: int | None = None  # the library has it already

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.digest


class FileShelf:
    """All files of one import; use it as a context, its folder goes with it."""

    def __init__(self, portal: Portal) -> None:
        self.files: dict[tuple[str, str], FoundFile] = {}
        self._portal = portal
        self._known: dict[tuple[str, str], FoundFile | str | None] = {}
        self._spool = TemporaryDirectory(prefix="import-")

    def __enter__(self) -> FileShelf:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._spool.cleanup()

    def take_picture(self, name: str, content: bytes) -> FoundFile:
        """Raises ``ValidationError`` as an upload does, ``NotWanted`` for a sign."""
        return self._take("image", name, content)

    def take_document(self, name: str, content: bytes) -> FoundFile:
        return self._take("document", name, content)

    def marked(self, text: str) -> FoundFile:
        """The file that a mark names."""
        return self.files[next(marks_in(text))]

    def clean_file(self, found: FoundFile) -> CleanImageFile | CleanDocumentFile:
        content = Path(self._spool.name, found.digest).read_bytes()
        if found.kind == "image":
            return CleanImageFile(content, name=found.name)
        return CleanDocumentFile(content, name=found.name)

    def look_up_stored(self) -> None:
        """Find what the portal's library has already: two queries for all files."""
        for kind, model in (("image", PortalImage), ("document", PortalDocument)):
            digests = [
                found.digest for found in self.files.values() if found.kind == kind
            ]
            for start in range(0, len(digests), 500):
                known = model._default_manager.filter(
                    collection=self._portal.collection_id,
                    file_hash__in=digests[start : start + 500],
                )
                for pk, digest in known.order_by("-pk").values_list("pk", "file_hash"):
                    self.files[kind, digest].stored_id = pk

    def problems(self) -> dict[tuple[str, str], list[str]]:
        """Why a page with this file cannot be public yet; files without are left out."""
        return {
            key: problems
            for key, found in self.files.items()
            if (problems := self.as_row(found).publication_problems())
        }

    def as_row(self, found: FoundFile) -> PortalImage | PortalDocument:
        """The library's row of a file: the one that is there, or a new one unsaved."""
        if found.kind == "image":
            if found.stored_id is not None:
                return PortalImage.objects.get(pk=found.stored_id)
            return PortalImage(
                title=found.title,
                alt_text_zh_hans=found.words,
                consent=found.consent,
                collection=self._portal.collection,
            )
        if found.stored_id is not None:
            return PortalDocument.objects.get(pk=found.stored_id)
        return PortalDocument(title=found.title, collection=self._portal.collection)

    def _take(self, kind: str, name: str, content: bytes) -> FoundFile:
        known = (kind, hashlib.sha256(content).hexdigest())
        if known not in self._known:
            self._known[known] = self._checked(kind, name, content)
        found = self._known[known]
        if found is None:
            raise NotWanted
        if isinstance(found, str):
            raise ValidationError(found)
        return found

    def _checked(self, kind: str, name: str, content: bytes) -> FoundFile | str | None:
        """The sentence of a refusal is remembered: a bad file may stand on many pages."""
        try:
            if kind == "image" and _is_sign(content):
                return None
            clean: CleanImageFile | CleanDocumentFile = (
                clean_image(BytesIO(content), name)
                if kind == "image"
                else clean_document(BytesIO(content), name)
            )
        except ValidationError as error:
            return "".join(error.messages)
        data = clean.read()
        digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        title = Path(name.replace("\\", "/")).stem.strip()[:255] or name
        found = FoundFile(kind, digest, str(clean.name), title)
        Path(self._spool.name, digest).write_bytes(data)
        return self.files.setdefault(found.key, found)


def _is_sign(content: bytes) -> bool:
    try:
        with Image.open(BytesIO(content)) as image:
            return max(image.size) <= SMALLEST_PICTURE
    except (OSError, ValueError, Image.DecompressionBombError):
        return False  # the check of the upload has the words for it
