"""SEC-18: what the services of all these tests logged. This file runs last, and makes hostile traffic of its own."""

import re
import urllib.parse

from faulting.raw import exchange
from faulting.visitor import MARK, SECRETS, Assessment, Visitor

#: Ends a line, ends a JSON text, or means something to a terminal, raw and percent-encoded.
INJECTIONS = ['\r\n{"event":"forged"}\r\n', '"}\n{"event":"forged"}', "\x1b[2Jforged", "\u2028forged\u2029", "\0forged", "%0d%0aforged"]


def served(program):
    """The services that got so far: one that refuses to start tells a person why, not a log."""
    assert program.services
    return [service for service in program.services if service.took is not None]


def test_no_line_of_a_log_can_be_forged(service):
    """SEC-18: line ends and quotes in every place that a request has: one line each, always JSON, nothing of it quoted."""
    visitor = Visitor(service)
    assessment = Assessment(visitor)
    before = len(service.lines())
    sent = 0
    for text in INJECTIONS:
        encoded = urllib.parse.quote(f"{MARK}{text}", safe="")
        for path in (f"/en/{encoded}", f"/en?{encoded}={encoded}", f"/{encoded}", assessment.path(f"/sections/{encoded}"),
                     assessment.path(f"/facts?find={encoded}"), f"/en/open/{encoded}", f"/assets/{encoded}"):
            visitor.get(path)
            sent += 1
        form = assessment.form()
        visitor.send(form, {"GOV-1.note": MARK + text, "then": MARK + text})
        visitor.send(form, {MARK + text: MARK + text})
        visitor.send(form, {"shown": MARK + text, "form": MARK + text, "GOV-2.note": MARK + text, "then": "later"})
        visitor.post(f"/en/start/{encoded}", {})
        visitor.post("/en/open", {"link": MARK + text, "proof": form.fields["proof"]})
        sent += 6
    for header in ("User-Agent", "Referer", "Cookie", "X-Forwarded-For", "X-Request-Id", "Accept-Language", "Origin"):
        head = f"GET /en HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}: {MARK}\x85\xff\"}}\r\n\r\n"
        exchange(service.port, head.encode("latin-1"))
        sent += 1
    lines = [line for line in service.lines()[before:] if line["event"] == "request"]
    assert len(lines) == sent
    assert "forged" not in service.log and MARK not in service.log


def test_every_line_of_every_log_is_one_json_object_with_its_time_and_event(program, service):
    """SEC-18: of every service of this session, killed ones included (their last line may be cut)."""
    for one in served(program):
        for line in one.lines():
            assert isinstance(line, dict) and line.keys() >= {"time", "level", "event"}, line
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["time"]), line
        assert one.errors == "", one.errors


def test_no_log_holds_an_answer_a_token_a_cookie_or_a_query(program, service):
    """SEC-18: everything that visitors typed bears a mark; every cookie, proof and token that they saw was noted down."""
    Assessment(Visitor(service)).tell_facts(name=MARK)
    assert len(SECRETS) > 2
    for one in served(program):
        log = one.log + one.errors
        assert MARK not in log
        assert "__Host-sid" not in log and "proof=" not in log and "?" not in "".join(line.get("route", "") for line in one.lines())
        assert [secret for secret in SECRETS if secret in log] == []


def test_no_log_names_the_address_of_an_assessment(program, service):
    """SEC-18: routes are logged by their pattern."""
    Visitor(service).get(Assessment(Visitor(service)).path("/check"))
    for one in served(program):
        routes = {line["route"] for line in one.lines() if "route" in line}
        assert not [route for route in routes if re.search(r"/assessments/[^{]|/submissions/[^{]|/open/[^{]", route)]


def test_no_request_of_all_these_tests_was_answered_500(program, service):
    """UX-17: a failing disk is 503 and a broken request 4xx; 500 would be a fault of ours."""
    faults = [line for one in served(program) for line in one.lines() if line.get("status") == 500 or line["event"] == "failure"]
    causes = {line.get("cause", "") for line in faults}
    assert not faults, f"{len(faults)} lines, causes {causes}"
