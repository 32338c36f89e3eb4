"""The read API at ``/api/v2/``: what the public pages of one portal say, as JSON.

Wagtail's API v2 (router, viewsets, ``limit``/``offset``, ``fields``, ``meta`` and
``items``) over the same snapshot and presenters that the HTML is made from, so that
both show the same and neither shows what is not public. docs/api.md is for its users,
``openapi.yaml`` is the contract.
"""
