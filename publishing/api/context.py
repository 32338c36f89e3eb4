"""What one request of the API works with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from home.links import AddressForm, language_path
from home.models import Portal
from publishing.api.parameters import read_language
from publishing.api.reader import ApiReader
from publishing.tree import Tree, default_language, tree_of

NAMESPACE = "api_v2"


@dataclass
class ApiContext:
    portal: Portal
    portals: Sequence[Portal]
    language: str
    query: QueryDict
    base: str  # https://host, as the request says

    @classmethod
    def of(cls, request: HttpRequest) -> ApiContext:
        portal: Portal = request.portal  # type: ignore[attr-defined]  # set by middleware
        return cls(
            portal=portal,
            portals=request.portals,  # type: ignore[attr-defined]  # set by middleware
            language=read_language(request.GET, portal.languages, default_language()),
            query=request.GET,
            base=f"{request.scheme}://{request.get_host()}",
        )

    @cached_property
    def tree(self) -> Tree:
        """The public pages of the portal. What is not in it does not exist here."""
        return tree_of(self.portal, self.portals)

    @cached_property
    def form(self) -> AddressForm:
        return AddressForm("base", base=self.base, public_base=self.base)

    @cached_property
    def reader(self) -> ApiReader:
        return ApiReader(
            portal=self.portal,
            portals=self.portals,
            tree=self.tree,
            language=self.language,
            form=self.form,
            source=language_path("/", self.language),
        )

    def absolute(self, path: str, fragment: str = "") -> str:
        """The public address of a logical path, which may carry its own fragment."""
        path, _separator, own = path.partition("#")
        return self.form.href(path, source="/", fragment=fragment or own)

    def endpoint(self, name: str, *args: object, language: str = "") -> str:
        """The address of something in the API, in the language of the request."""
        path = reverse(f"{NAMESPACE}:{name}", args=args)
        code = language or self.language
        query = f"?{urlencode({'lang': code})}" if code != default_language() else ""
        return f"{self.base}{path}{query}"
