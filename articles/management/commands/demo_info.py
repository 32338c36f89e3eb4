"""Say where the portals and the admin are, and who can log in."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from articles.demo.people import accounts, password_file
from home.models import Portal

HTTP_PORT = 80


class Command(BaseCommand):
    help = "Print the addresses of the portals and of the admin, and the demo accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=8000, help="port of the server (8000)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port = "" if options["port"] == HTTP_PORT else f":{options['port']}"
        if not Portal.objects.filter(is_demo=True).exists():
            self.stdout.write("还没有演示内容，用 manage.py load_demo 载入。")
            return
        self.stdout.write("门户：")
        for portal in Portal.objects.select_related("site"):
            self.stdout.write(f"  {portal.name}  http://{portal.host}{port}/")
        self.stdout.write(f"后台：http://localhost{port}{reverse('wagtailadmin_home')}")
        self.stdout.write("演示账号：")
        for account in accounts():
            self.stdout.write(f"  {account.username}  {account.what}")
        self.stdout.write(f"密码在 {password_file()} 里，所有演示账号相同。")
