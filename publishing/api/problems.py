"""Errors of the API: one shape for all, RFC 9457 (``application/problem+json``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("请求参数有误"),
    404: gettext_lazy("没有找到"),
    405: gettext_lazy("这个接口只能读取"),
    429: gettext_lazy("请求太频繁"),
    500: gettext_lazy("服务器出错"),
}


# For programs; the sentences are for people.
CODES = {
    400: "bad_parameter",
    404: "not_found",
    405: "read_only",
    429: "too_many_requests",
    500: "server_error",
}


class ApiProblem(Exception):
    """Why a request is not answered, in a sentence for the person who wrote it.

    ``parameter``: the query parameter that is to blame.
    """

    def __init__(self, status: int, detail: str, *, parameter: str = "") -> None:
        self.status = status
        self.detail = detail
        self.parameter = parameter
        super().__init__(detail)


def bad_parameter(name: str, detail: str) -> ApiProblem:
    return ApiProblem(400, detail, parameter=name)


def nothing_there() -> ApiProblem:
    """The same words for what is not public and for what has never been."""
    return ApiProblem(404, _("这个门户没有您要的内容，或者内容没有公开。"))


def problem_response(request: HttpRequest, problem: ApiProblem) -> JsonResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES[problem.status]),
        "status": problem.status,
        "code": CODES[problem.status],
        "detail": problem.detail,
        "instance": request.path,
    }
    if problem.parameter:
        body["parameter"] = problem.parameter
    return JsonResponse(
        body,
        status=problem.status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
