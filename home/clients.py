"""Who asks, for everything that counts requests: limits of the API, failed log-ins."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Who asks, as far as limits go: an IPv4 address or an IPv6 network.

    Behind a proxy every request comes from the proxy, which then names the client in a
    header; of a list in it, only the last entry is the proxy's own word.
    """
    named = request.META.get(settings.CLIENT_ADDRESS_HEADER, "")
    written = named.rpartition(",")[2].strip()
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


def log_in_address(request: HttpRequest) -> str:
    """As :func:`client_address`, in a form that django-axes can store.

    Behind a proxy everybody has the proxy's own address: five wrong passwords from
    anywhere would lock an account for its owner.
    """
    address, _slash, _length = client_address(request).partition("/")
    return address if address != "unknown" else request.META.get("REMOTE_ADDR", "")
