"""SEC-16: whoever sends too slowly or too much is refused, and nobody else notices. All tests of this file run while
three hundred slow sockets hang on the service."""

import http.client
import socket
import statistics
import time
import urllib.parse

import pytest
from faulting.crowd import Crowd
from faulting.raw import connect, exchange, post_head, receive, statuses
from faulting.visitor import MARK, Answer, Assessment, Visitor
from faulting.words import LANGUAGES, word

LIMIT = 256 * 1024
#: The service allows 30 s in all; the crowd notices a closed socket a second later.
PATIENCE = 40


@pytest.fixture(scope="module")
def crowd(service):
    assessment = Assessment(Visitor(service))
    crowd = Crowd(
        service.port, {
            "header": b"GET /en HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
            "request line": b"GET /en/",
            "body": post_head(assessment.visitor, assessment.path("/sections/GOV"), 200_000) + b"proof=",
        }, each=100)
    crowd.start()
    yield crowd
    crowd.end()


@pytest.fixture
def assessment(service, crowd):
    return Assessment(Visitor(service))


def test_three_hundred_slow_sockets_slow_nobody_down(crowd, assessment):
    """SEC-16: pages and saves of others stay under half a second at the 95th percentile."""
    assert crowd.size == 300
    times = []
    for number in range(60):
        began = time.monotonic()
        form = assessment.form()
        times.append(time.monotonic() - began)
        began = time.monotonic()
        assert assessment.visitor.send(form, {"GOV-1.note": f"{MARK} {number}", "then": "later"}).status == 303
        times.append(time.monotonic() - began)
        began = time.monotonic()
        # A newcomer, with a connection of her own.
        assert Visitor(assessment.visitor.service).get("/nl").status == 200
        times.append(time.monotonic() - began)
    assert len(crowd.open) == 300, "the crowd was not there all the time"
    assert statistics.quantiles(times, n=20)[18] < 0.5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [LIMIT + 1, 300_000, 2_000_000])
def test_a_body_over_the_limit_gets_a_page_that_says_so(crowd, assessment, language, size):
    """SEC-16, UX-17: 413 in the language of the path, after the whole body was sent as a browser does; nothing is saved."""
    visitor = assessment.visitor
    form = assessment.form()
    path = assessment.path("/sections/GOV", language)
    body = urllib.parse.urlencode({**form.fields, "GOV-1.note": f"{MARK} big"}) + "&GOV-2.note="
    answer = visitor.ask(
        "POST", path, body.ljust(size, "x"), {"Content-Type": "application/x-www-form-urlencoded"}, fresh=True)
    assert answer.status == 413 and answer.language == language
    for key in ("tooLarge.title", "tooLarge.what", "tooLarge.next", "error.nothingSaved"):
        assert word(key, language) in answer.text
    assert assessment.form().fields["GOV-1.note"] == ""


def test_a_body_over_the_limit_without_a_length_gets_the_same_page(crowd, assessment):
    """SEC-16: in chunks, so that its size is not known before."""
    form = assessment.form()
    pieces = (urllib.parse.urlencode(form.fields) + "&GOV-1.note=" + MARK, *["x" * 10_000] * 40)
    with connect(assessment.visitor.service.port, 10) as connection:
        head = post_head(assessment.visitor, form.action, 0, "Connection: close\r\n")
        head = head.replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
        try:
            connection.sendall(head)
            for piece in pieces:
                connection.sendall(f"{len(piece):x}\r\n{piece}\r\n".encode())
            connection.sendall(b"0\r\n\r\n")
        except OSError:
            pass
        received, _ = receive(connection)
    assert statuses(received) == [413]
    assert word("tooLarge.title").encode() in received
    assert assessment.form().fields["GOV-1.note"] == ""


def test_a_body_of_exactly_the_limit_is_read(crowd, assessment):
    """SEC-16: 256 KB fit; what is too long in them is kept and reported like any other note."""
    form = assessment.form()
    fields = {**form.fields, "then": "continue", "GOV-1.note": ""}
    length = LIMIT - len(urllib.parse.urlencode(fields))
    answer = assessment.visitor.send(form, {**fields, "GOV-1.note": "x" * length})
    assert answer.status == 422
    assert answer.form("shown").fields["GOV-1.note"] == "x" * length


def test_a_size_that_is_announced_but_too_large_is_refused_before_it_comes(crowd, assessment):
    """SEC-16: with Expect: 100-continue the answer is 413, and no byte of the body is asked for."""
    head = post_head(assessment.visitor, assessment.path("/sections/GOV"), 10**12, "Expect: 100-continue\r\n")
    received, _ = exchange(assessment.visitor.service.port, head, seconds=2, ends=False)
    assert statuses(received)[-1:] == [413]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_thousand_fields_get_a_page_that_says_so(crowd, assessment, language):
    """SEC-16: 422 in the language of the path; nothing is saved."""
    form = assessment.form()
    fields = {**form.fields, "GOV-1.note": f"{MARK} many", **{f"f{number}": "" for number in range(10_000)}}
    answer = assessment.visitor.post(assessment.path("/sections/GOV", language), fields)
    assert answer.status == 422 and answer.language == language
    for key in ("tooManyFields.title", "tooManyFields.what", "tooManyFields.next", "error.nothingSaved"):
        assert word(key, language) in answer.text
    assert assessment.form().fields["GOV-1.note"] == ""


@pytest.mark.parametrize(
    "more", ["X: " + "x" * 17_000, "\r\n".join(f"X{number}: x" for number in range(101)),
             "\r\n".join(f"X{number}: " + "x" * 1_000 for number in range(60)), "Cookie: " + "x" * 40_000],
    ids=["one too long", "too many", "too many bytes", "cookies"])
def test_headers_over_the_limit_are_refused(crowd, service, more):
    """SEC-16: 400 or 431, or the connection is closed; never a page as if nothing were wrong."""
    received, is_closed = exchange(service.port, f"GET /en HTTP/1.1\r\nHost: x\r\n{more}\r\n\r\n".encode(), ends=False)
    assert statuses(received) in ([], [400], [431])
    assert is_closed


def test_a_path_over_the_limit_is_refused(crowd, service):
    """SEC-16: sixty thousand characters, in the path and in the query."""
    for path in ("/en/" + "x" * 60_000, "/en/help?" + "x" * 60_000):
        received, _ = exchange(service.port, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode(), ends=False, seconds=3)
        assert all(status in (400, 404, 414, 431) for status in statuses(received)), statuses(received)


def test_whoever_never_reads_the_answer_is_let_go(crowd, service):
    """SEC-16: a thousand requests at once on a connection that reads nothing: others are served meanwhile."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", service.port))
        connection.settimeout(2)
        try:
            connection.sendall(b"GET /en HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000)
        except TimeoutError:
            pass
        began = time.monotonic()
        assert Visitor(service).get("/en").status == 200
        assert time.monotonic() - began < 1


def test_more_connections_than_allowed_wait_and_are_served_later(serve, folder):
    """SEC-16: with a limit of five connections and five idle ones, the sixth is served once they have gone."""
    service = serve(folder / "data", settings={"LINCHPIN_CONNECTIONS": "5"})
    idle = [connect(service.port) for _ in range(5)]
    time.sleep(0.2)
    late = http.client.HTTPConnection("127.0.0.1", service.port, timeout=5)
    late.request("GET", "/en")
    time.sleep(0.5)
    for connection in idle:
        connection.close()
    response = late.getresponse()
    assert Answer(response.status, response.getheaders(), response.read()).status == 200
    late.close()


@pytest.mark.seconds(PATIENCE + 20)
@pytest.mark.parametrize("kind", ["body", "header", "request line"])
def test_slow_sockets_are_closed_in_the_end(crowd, kind):
    """SEC-16: a byte a second does not keep a connection for ever: each is closed within the time that a request may take."""
    left = crowd.wait_until_gone(PATIENCE)
    assert left.get(kind, 0) == 0, f"{left[kind]} sockets with a slow {kind} are still open after {PATIENCE} s"
    assert max(crowd.lasted[kind]) < PATIENCE
