"""Compare a host or a folder with its signed manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import URLValidator

from publishing.sites import manifest, signing
from publishing.sites.checking import (
    MissingManifestError,
    Report,
    UnreachableError,
    WrongSignatureError,
    check_folder,
    check_url,
)


class Command(BaseCommand):
    help = "检查一个网站或文件夹有没有被改动：和签过名的清单逐个文件比对。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "place",
            metavar="DIR|URL",
            help="网站的地址（https://…）或者存放网站的文件夹。",
        )
        parser.add_argument(
            "--public-key",
            type=Path,
            metavar="FILE",
            help="验证签名用的公钥；不写就用本系统自己的（var/keys/manifest.pub）。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place: str = options["place"]
        try:
            report = self._check(place, self._key(options["public_key"]))
        except MissingManifestError as error:
            raise CommandError(f"{place}：没有清单 {manifest.NAME}。") from error
        except WrongSignatureError as error:
            raise CommandError(
                f"{place}：清单的签名不对。清单被人改过，或者公钥不是这个网站的。"
            ) from error
        except manifest.ManifestError as error:
            raise CommandError(f"{place}：清单读不懂，版本不对。") from error
        except UnreachableError as error:
            raise CommandError(f"{place}：打不开（{error}）。") from error
        self._tell(place, report)

    def _key(self, file: Path | None) -> Ed25519PublicKey:
        file = file or signing.public_key_file()
        try:
            return signing.read_public_key(file)
        except FileNotFoundError as error:
            raise CommandError(
                f"没有公钥文件 {file}。请用 --public-key 指明，或者先导出一次网站。"
            ) from error
        except (OSError, signing.KeyFileError) as error:
            raise CommandError(f"{file} 不是公钥文件。") from error

    def _check(self, place: str, key: Ed25519PublicKey) -> Report:
        if "://" in place:
            try:
                URLValidator(schemes=["http", "https"])(place)
            except ValidationError as error:
                raise CommandError(f"地址不对：{place}") from error
            return check_url(place, key)
        folder = Path(place)
        if not folder.is_dir():
            raise CommandError(f"没有这个文件夹：{place}")
        if (folder / "current").is_dir() and not (folder / manifest.NAME).exists():
            folder /= "current"
        return check_folder(folder, key)

    def _tell(self, place: str, report: Report) -> None:
        for label, names in (
            ("被改动", report.changed),
            ("缺少", report.missing),
            ("多出", report.extra),
        ):
            for name in names:
                self.stdout.write(f"{label}：{name}")
        for name, reason in report.unreachable:
            self.stdout.write(f"打不开：{name}（{reason}）")
        if report.is_clean:
            beside = "" if "://" not in place else "（多出的文件从网址上看不到）"
            self.stdout.write(f"{place}：{report.files} 个文件，全部一致{beside}。")
            return
        raise CommandError(
            f"{place}：和清单不一致。被改动 {len(report.changed)} 个，"
            f"缺少 {len(report.missing)} 个，多出 {len(report.extra)} 个，"
            f"打不开 {len(report.unreachable)} 个。"
        )
