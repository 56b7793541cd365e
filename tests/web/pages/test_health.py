"""Whether the server lives, and its figures."""

import pytest
from flask import Flask

from tests.web.visitor import Visitor


def test_health_needs_nobody(cleo: Visitor) -> None:
    answer = cleo.get("/health")

    assert answer.json == {"status": "ok"}
    assert "Set-Cookie" not in answer.headers


def test_figures_name_pages_and_never_addresses(cleo: Visitor) -> None:
    cleo.get("/reports/4711")

    figures = cleo.get("/metrics").text

    assert 'auramail_requests_total{endpoint="report.show",method="GET",status="303"}' in figures
    assert "/4711" not in figures


@pytest.mark.parametrize(
    ("address", "headers"),
    [("203.0.113.7", {}), ("::ffff:203.0.113.7", {}), ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"})],
)
def test_figures_are_for_this_computer_only(app: Flask, address: str, headers: dict[str, str]) -> None:
    answer = app.test_client().get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})

    assert answer.status_code == 404
