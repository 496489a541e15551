"""After all other tests: the HTML checker over every page that was seen, and the logs of both services."""

import json

import pytest

from browsing import checker, hostile

pytestmark = pytest.mark.last


@pytest.fixture(params=["stage", "town"])
def place(request):
    return request.getfixturevalue(request.param)


def test_every_page_is_correct_html(stage, tmp_path):
    if not stage.pages:
        pytest.skip("no page was inspected")
    found = checker.errors({f"{name} in {language}": body for (language, name), body in stage.pages.items()}, tmp_path)
    assert not found, "\n".join(found[:40])


def test_the_log_has_a_line_per_request_and_no_secret(place):
    """SEC-18: no answers, notes, names, tokens, cookies, addresses of assessments or query strings."""
    log = place.server.log
    lines = [json.loads(line) for line in log.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert requests and {"time", "level", "id", "method", "route", "status", "microseconds"} <= set(requests[0])
    found = {secret for secret in [*place.secrets, *hostile.TEXTS] if secret in log or json.dumps(secret)[1:-1] in log}
    assert not found
    # Figures and the ids of requests are made by chance: a duration of 30403 is no enterprise number.
    texts = [value for line in lines for key, value in line.items() if isinstance(value, str) and key not in ("id", "time")]
    for word in ("Bakkerij", "0403", "?", "find=", "__Host", "example.be", "alert(", "proof="):
        assert not [text for text in texts if word in text], word
    assert not [line for line in lines if line["level"] == "error"]


def test_the_service_ends_in_order(place):
    """REL-17: SIGTERM, exit code 0, nothing on standard error."""
    for visitor in place.visitors:
        place.leave([visitor])
    assert place.server.stop() == 0
    assert place.server.error_file.read_text() == ""
