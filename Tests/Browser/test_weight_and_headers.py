"""What a first view costs (UX-35), and what every response carries (SEC-6 to SEC-9)."""

import gzip
import re

import pytest

from browsing import steps
from browsing.prepare import prepare
from browsing.inspection import HEADERS
from browsing.questionnaire import asked
from browsing.raw import Raw
from browsing.words import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_is_light(visit, language):
    visitor = visit(language)
    responses = []
    visitor.context.on("response", lambda response: responses.append(response))
    visitor.go("")
    bodies = [response.body() for response in responses]
    assert len(responses) <= 3
    assert sum(map(len, bodies)) <= 50_000
    assert sum(len(gzip.compress(body)) for body in bodies) <= 30_000
    style = next(response for response in responses if response.url.endswith(".css"))
    assert len(gzip.compress(style.body())) <= 8_000
    assert "immutable" in style.headers["cache-control"]
    assert not [response.url for response in responses if response.url.endswith(".js")]


def test_the_second_page_asks_for_its_html_only(visit):
    visitor = prepare(visit("en")).at()
    visitor.watch.requests.clear()
    visitor.click(visitor.page.locator(".tasks a").first)
    assert [url for url in visitor.watch.requests if "/assets/" not in url] == [visitor.page.url]


def test_there_is_one_cookie_and_it_is_locked(visit):
    """SEC-6"""
    visitor = visit("en").go("")
    assert [(one["name"], one["secure"], one["httpOnly"], one["sameSite"], one["path"], one["expires"]) for one in visitor.context.cookies()] == [
        ("__Host-sid", True, True, "Lax", "/", -1)]
    assert visitor.page.evaluate("() => document.cookie + Object.keys(localStorage).join() + Object.keys(sessionStorage).join()") == ""


def test_every_kind_of_response_carries_the_security_headers(visit, stage):
    """SEC-7 to SEC-9: pages, redirects, files, errors."""
    anna = prepare(visit("en"))
    raw, home = Raw(stage.server, anna), f"/en/assessments/{anna.assessment}"
    asset = re.search(r'href="(/assets/[^"]+\.css)"', raw.ask("GET", "/en")[2])[1]
    for method, path in [("GET", "/"), ("GET", "/en"), ("HEAD", "/en"), ("GET", "/health"), ("GET", "/health/ready"), ("GET", "/robots.txt"),
                         ("GET", asset), ("GET", home), ("GET", "/nowhere"), ("GET", "/en/nowhere"), ("DELETE", "/en"), ("TRACE", "/en"),
                         ("POST", home), ("POST", "/en/open"), ("PUT", "/health"), ("GET", f"{home}/submissions/1/result.json")]:
        status, headers, text = raw.ask(method, path)
        assert status < 500, path
        for name in ("content-security-policy", "x-content-type-options", "referrer-policy", "strict-transport-security"):
            assert headers[name] == HEADERS[name], f"{method} {path} {name}"
        assert "charset=utf-8" in headers["content-type"] or status == 303 or path.endswith("svg"), path
        assert headers["cache-control"] == ("public, max-age=31536000, immutable" if path == asset else "no-store"), path
        assert method != "HEAD" or text == ""


def test_looking_at_pages_writes_nothing(visit, stage):
    """SEC-10: no GET changes the database."""
    anna = prepare(visit("en", scripts=False), answers=steps.steady("starter"), is_confirmed=True)
    data = stage.server.log_file.parent / "data"

    def content():
        """Without the shared memory, which every reader marks."""
        return {file.name: file.read_bytes() for file in data.iterdir() if file.is_file() and not file.name.endswith("-shm")}

    before = content()
    for place in ("", "/facts", "/link", "/check", "/deletion", "/submissions/1", "/submissions/1/why", "/submissions/1/result.json",
                  *(f"/sections/{domain.id}" for domain in asked("starter"))):
        anna.page.request.get(anna.address(f"/assessments/{anna.assessment}{place}"))
    assert content() == before
