"""Signed notes of how far the log has come, outside the database.

Who can write to the database could write the whole end of the log anew, seals
included. The worker therefore signs the seal of the last row from time to time and puts
it into ``var/audit/anchors.jsonl``; copied to another machine, the file holds even
against somebody who has this one.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from home import signing
from home.audit.chain import Fault, current_chain

KEY = "audit"
# "end": the log had come to this row; "pruned": rows up to this one were removed.
END, PRUNED = "end", "pruned"
LONGEST_LINE = 1_000


@dataclass(frozen=True, slots=True)
class Anchor:
    kind: str
    number: int
    seal: str
    time: str


class AnchorError(Exception):
    """A line of the file is none of ours."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(
            _("锚点文件第 %(line)s 行：%(reason)s") % {"line": line, "reason": reason}
        )


def anchor_file() -> Path:
    return Path(settings.VAR_DIR) / "audit" / "anchors.jsonl"


def write_anchor(kind: str, number: int, seal: str) -> None:
    body: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "seal": seal,
        "time": timezone.now().isoformat(timespec="seconds"),
    }
    body["signature"] = signing.sign(KEY, _signed_part(body)).decode()
    file = anchor_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(json.dumps(body) + "\n")


def anchor_end() -> list[str]:
    """A job of the worker: sign the end of the log when it has moved."""
    chain = current_chain()
    if chain.last and _newest_number() != chain.last:
        write_anchor(END, chain.last, chain.last_seal)
    return []


def _newest_number() -> int | None:
    """Of the last line alone: the file grows by a line a minute, for years."""
    file = anchor_file()
    if not file.exists():
        return None
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - LONGEST_LINE))
        last = stream.read().splitlines()[-1:]
    try:
        return int(json.loads(last[0])["number"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None  # written over: verify_audit says so


def read_anchors() -> Iterator[Anchor]:
    """Every anchor, oldest first; raises ``AnchorError`` at the first that is false."""
    file = anchor_file()
    if not file.exists():
        return
    try:
        key = signing.read_public_key(signing.public_key_file(KEY))
    except (OSError, signing.KeyFileError) as error:
        raise AnchorError(1, _("验证签名的公钥没有了或者读不出来")) from error
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            body = json.loads(line)
            signature = str(body.pop("signature")).encode()
            anchor = Anchor(**body)
        except (ValueError, TypeError, AttributeError, KeyError) as error:
            raise AnchorError(number, _("写法不对")) from error
        if not signing.is_signed(_signed_part(body), signature, key):
            raise AnchorError(number, _("签名不对"))
        yield anchor


@dataclass(frozen=True, slots=True)
class Signed:
    """What all anchors say together: the seals of some rows, kept ones and removed ones,
    and up to which rows the log was pruned."""

    seals: dict[int, str]
    pruned: set[tuple[int, str]]


def read_signed() -> Signed:
    """In one pass: after a year there are half a million signatures to verify."""
    signed = Signed({}, set())
    for anchor in read_anchors():
        signed.seals[anchor.number] = anchor.seal
        if anchor.kind == PRUNED:
            signed.pruned.add((anchor.number, anchor.seal))
    return signed


def check_pruned(signed: Signed) -> Fault | None:
    """Whether the beginning of the log was removed by :mod:`home.audit.retention`."""
    chain = current_chain()
    if chain.pruned == 0 or (chain.pruned, chain.pruned_seal) in signed.pruned:
        return None
    return Fault(chain.pruned, _("这一条以前的记录不是到期清理掉的"))


def _signed_part(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True).encode()
