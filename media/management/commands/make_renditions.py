"""Make the renditions that are missing, for instance after a restore of a backup."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from media.models import PortalImage
from media.renditions import make_renditions


class Command(BaseCommand):
    help = "Make the picture renditions that are missing; a second run makes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="make all of them anew, for instance after a change of the sizes",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only count the pictures"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        images = PortalImage.objects.order_by("pk")
        if options["dry_run"]:
            self.stdout.write(f"{images.count()} pictures would be checked.")
            return
        made, failed = 0, []
        for image in tqdm(images.iterator(), total=images.count(), disable=None):
            try:
                if options["all"]:
                    image.renditions.all().delete()
                made += make_renditions(image)
            except OSError as error:
                failed.append(f"{image.pk} {image.file.name}: {error}")
        self.stdout.write(f"{images.count()} pictures checked, {made} renditions made.")
        if failed:
            raise CommandError("These pictures cannot be read:\n" + "\n".join(failed))
