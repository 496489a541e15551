"""SEC-16, SEC-12: requests that no browser sends get 400, another 4xx or a closed connection; never a fault of the server,
and never a second request out of one."""

import random
import threading
import urllib.parse

import pytest
from faulting.raw import exchange, statuses
from faulting.visitor import MARK, Assessment, Visitor
from faulting.words import LANGUAGES, word

HOST = "Host: 127.0.0.1\r\n"
#: What a smuggler wants to have answered as a request of its own.
SMUGGLED = f"GET /nl/{MARK} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def post(head, body, path="/en/start/supply-chain"):
    return f"POST {path} HTTP/1.1\r\n{HOST}{head}\r\n{body}"


SMUGGLING = {
    "length and chunks": post(f"Content-Length: {5 + len(SMUGGLED)}\r\nTransfer-Encoding: chunked\r\n", f"0\r\n\r\n{SMUGGLED}"),
    "chunks and length": post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", f"0\r\n\r\n{SMUGGLED}"),
    "two lengths": post(f"Content-Length: 0\r\nContent-Length: {len(SMUGGLED)}\r\n", SMUGGLED),
    "two lengths in one": post(f"Content-Length: 0, {len(SMUGGLED)}\r\n", SMUGGLED),
    "negative length": post("Content-Length: -1\r\n", SMUGGLED),
    "signed length": post("Content-Length: +0\r\n", SMUGGLED),
    "hexadecimal length": post("Content-Length: 0x0\r\n", SMUGGLED),
    "length with a blank": post("Content-Length: 0 1\r\n", SMUGGLED),
    "huge length": post("Content-Length: 99999999999999999999999\r\n", SMUGGLED),
    "length without digits": post("Content-Length: \r\n", SMUGGLED),
    "unknown coding": post("Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "chunked not last": post("Transfer-Encoding: chunked, identity\r\n", f"0\r\n\r\n{SMUGGLED}"),
    "chunked twice": post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n", f"0\r\n\r\n{SMUGGLED}"),
    "hidden coding": post("Transfer-Encoding: \x0bchunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "coding with a blank before the colon": post("Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "length with a blank before the colon": post(f"Content-Length : {len(SMUGGLED)}\r\n", SMUGGLED),
    "negative chunk": post("Transfer-Encoding: chunked\r\n", f"-1\r\n\r\n0\r\n\r\n{SMUGGLED}"),
    "chunk with a prefix": post("Transfer-Encoding: chunked\r\n", f"0x0\r\n\r\n{SMUGGLED}"),
    "chunk that overflows": post("Transfer-Encoding: chunked\r\n", f"10000000000000000\r\n\r\n0\r\n\r\n{SMUGGLED}"),
    "chunk longer than it says": post("Transfer-Encoding: chunked\r\n", f"1\r\nabc\r\n0\r\n\r\n{SMUGGLED}"),
    "chunk without a size": post("Transfer-Encoding: chunked\r\n", f"\r\n\r\n{SMUGGLED}"),
    "folded header": f"GET /en HTTP/1.1\r\n{HOST}X: a\r\n b: c\r\n\r\n",
    "folded length": post(f"Content-Length:\r\n {len(SMUGGLED)}\r\n", SMUGGLED),
    "NUL in a value": f"GET /en HTTP/1.1\r\n{HOST}X: a\0b\r\n\r\n",
    "NUL in a name": f"GET /en HTTP/1.1\r\n{HOST}X\0: a\r\n\r\n",
    "lone CR in a value": f"GET /en HTTP/1.1\r\n{HOST}X: a\rY: b\r\n\r\n",
    "header without a colon": f"GET /en HTTP/1.1\r\n{HOST}Content-Length\r\n\r\n",
    "header without a name": f"GET /en HTTP/1.1\r\n{HOST}: a\r\n\r\n",
    "blank before the first header": f"GET /en HTTP/1.1\r\n {HOST}\r\n\r\n",
    "two hosts": f"GET /en HTTP/1.1\r\n{HOST}Host: evil.example\r\n\r\n",
    "no host": "GET /en HTTP/1.1\r\n\r\n",
    "chunked in HTTP/1.0": f"POST /en/start/supply-chain HTTP/1.0\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{SMUGGLED}",
    "bare LF": "GET /en HTTP/1.1\nHost: 127.0.0.1\n\n",
    "bare LF in the headers": f"GET /en HTTP/1.1\r\nX: a\nY: b\r\n{HOST}\r\n",
    "bare LF at the end of the headers": f"GET /en HTTP/1.1\r\n{HOST}\n\n",
    "HTTP/0.9": "GET /en\r\n\r\n",
    "HTTP/2 preface": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/3.0": f"GET /en HTTP/3.0\r\n{HOST}\r\n",
    "HTTP/1.11": f"GET /en HTTP/1.11\r\n{HOST}\r\n",
    "lower-case protocol": f"GET /en http/1.1\r\n{HOST}\r\n",
    "blank in the path": f"GET /en /help HTTP/1.1\r\n{HOST}\r\n",
    "tabs": f"GET\t/en\tHTTP/1.1\r\n{HOST}\r\n",
    "no path": f"GET  HTTP/1.1\r\n{HOST}\r\n",
    "path without a slash": f"GET en HTTP/1.1\r\n{HOST}\r\n",
    "control character in the path": f"GET /en/\x01 HTTP/1.1\r\n{HOST}\r\n",
    "TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\xaa" * 200,
    "nothing but NUL": "\0" * 2_000,
}
#: Lenient but harmless readings that RFC 9112 allows: no body is in doubt.
HARMLESS = {"two hosts", "no host", "bare LF", "bare LF in the headers", "bare LF at the end of the headers", "HTTP/1.11"}


@pytest.mark.parametrize("name", SMUGGLING)
def test_an_ambiguous_request_is_refused_and_smuggles_nothing(service, name):
    """SEC-16: a 4xx and a closed connection, or the latter alone, and the hidden second request, a 404, is not answered.
    A page may come before the 400 where the head was in order and only the body was not."""
    request = SMUGGLING[name].encode("latin-1")
    received, is_closed = exchange(service.port, request, ends=False, seconds=2)
    found = statuses(received)
    if name in HARMLESS:
        assert len(found) == 1 and 200 <= found[0] < 500, found
    else:
        assert is_closed, f"{found}, and the connection goes on"
        assert all(400 <= status < 500 and status != 404 for status in found), found
    assert Visitor(service).get("/health").status == 200


def test_a_pipelined_request_is_answered_so_that_a_smuggled_one_would_be_seen(service):
    """The control of the test above: two honest requests on one connection give two answers."""
    request = (post("Content-Length: 3\r\n", "a=1") + SMUGGLED).encode()
    received, _ = exchange(service.port, request, ends=False, seconds=2)
    assert statuses(received) == [415, 404]


# Methods


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/", "/health", "/robots.txt", "/nl", "/nl/open", "/nl/assessments/x/sections/GOV"])
def test_a_method_that_no_page_has_is_refused(service, method, path):
    """SEC-19: 405, with the methods that the address does answer to."""
    answer = Visitor(service, "nl").ask(method, path, headers={"Accept-Language": "nl"})
    assert answer.status == 405, f"{answer.status}: {answer.body[:200]}"
    assert "GET" in answer.headers["allow"] and method not in answer.headers["allow"].split(", ")
    assert answer.language == "nl" and word("wrongMethod.title", "nl") in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_refused_method_with_a_body_says_that_nothing_was_saved(service, method):
    """UX-17: whoever sends something learns that it was not kept."""
    answer = Visitor(service).ask(
        method, "/fr/help", "GOV-1.practice=3", {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 405 and answer.language == "fr"
    assert word("error.nothingSaved", "fr") in answer.text


@pytest.mark.parametrize("method", ["LINCHPIN", "get", "G\x01T", "x" * 9_000])
def test_a_method_that_http_does_not_have_is_refused(service, method):
    """SEC-19: 405, or 400 by the parser, which knows the registered methods only."""
    received, is_closed = exchange(service.port, f"{method} /nl HTTP/1.1\r\n{HOST}\r\n".encode(), seconds=3)
    assert statuses(received) in ([400], [405], []) and is_closed


def test_connect_opens_no_tunnel(service):
    """SEC-16: CONNECT is refused."""
    received, _ = exchange(service.port, b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n", seconds=3)
    assert all(400 <= status < 500 for status in statuses(received))


@pytest.mark.parametrize(
    "path", ["/", "/nl", "/en/help", "/en/open", "/health", "/health/ready", "/robots.txt", "/en/nothing", "/xx", "/assets/none"])
def test_head_gives_the_head_of_get_and_no_body(service, path):
    """HEAD works everywhere where GET does, errors included."""
    head, get = Visitor(service).ask("HEAD", path), Visitor(service).ask("GET", path)
    assert head.status == get.status and head.body == b""
    assert head.headers.keys() == get.headers.keys()
    assert head.headers["content-length"] == str(len(get.body))


# Pages for what went wrong


def refusals(assessment, language):
    """Name, answer, status and wording of every refusal that a visitor can bring about."""
    visitor = assessment.visitor
    section = assessment.path("/sections/GOV", language)
    fields = assessment.form().fields
    encoded = urllib.parse.urlencode({**fields, "GOV-1.note": MARK})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    stranger = Visitor(visitor.service, language)
    yield "not found", visitor.get(f"/{language}/nothing"), 404, "notFound"
    yield "no such section", visitor.get(section + "X"), 404, "notFound"
    yield "wrong method", visitor.post(f"/{language}/help", {}), 405, "wrongMethod"
    yield "not a form", visitor.ask("POST", section, '{"GOV-1.note": ""}', {"Content-Type": "application/json"}), 415, "notAForm"
    yield "no type", visitor.ask("POST", section, encoded), 415, "notAForm"
    yield "broken UTF-8", visitor.ask("POST", section, encoded + "&GOV-2.note=%C3%28", kind), 422, "brokenText"
    yield "raw bytes", visitor.ask("POST", section, encoded.encode() + b"&GOV-2.note=\xff\xfe", kind), 422, "brokenText"
    yield "broken percent sign", visitor.ask("POST", section, encoded + "&GOV-2.note=%zz", kind), 422, "brokenText"
    yield "surrogate", visitor.ask("POST", section, encoded + "&GOV-2.note=%ED%A0%80", kind), 422, "brokenText"
    yield "unknown field", visitor.ask("POST", section, encoded + "&colour=red", kind), 422, "badForm"
    yield "foreign field", visitor.ask("POST", section, encoded + "&SUP-1.practice=3", kind), 422, "badForm"
    yield "repeated field", visitor.ask("POST", section, encoded + "&GOV-1.note=again", kind), 422, "badForm"
    for value in ("0", "6", "-1", "03", "3.0", "³", "yes", "３"):
        answer = visitor.ask("POST", section, encoded + "&" + urllib.parse.urlencode({"GOV-1.practice": value}), kind)
        yield f"value {value}", answer, 422, "badForm"
    yield "unknown button", visitor.ask("POST", section, encoded + "&then=explode", kind), 422, "badForm"
    yield "another site", visitor.ask("POST", section, encoded, {**kind, "Sec-Fetch-Site": "cross-site"}), 403, "otherSite"
    yield "another origin", visitor.ask(
        "POST", section, encoded, {**kind, "Sec-Fetch-Site": "same-site", "Origin": "http://evil.example"}), 403, "otherSite"
    yield "no cookie", stranger.ask("POST", f"/{language}/open", "link=x", kind), 403, "noCookie"
    yield "no assessment", stranger.get(section), 403, "closed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_page_in_the_language_of_the_path_that_says_whether_anything_was_saved(service, language):
    """UX-17, SEC-12: what happened, what to do, and that nothing of it was saved; and nothing was, the typed note included."""
    assessment = Assessment(Visitor(service, language))
    wrong = []
    for name, answer, status, words in refusals(assessment, language):
        expected = [word(f"{words}.{part}", language) for part in (("title", "what") if words == "closed" else ("title", "what", "next"))]
        if words not in ("notFound", "closed"):
            expected.append(word("error.nothingSaved", language))
        shown = answer.text if answer.body else ""
        missing = [text for text in expected if text not in shown]
        is_page = answer.headers.get("content-language") == language and bool(shown) and answer.language == language
        if answer.status != status or missing or not is_page:
            wrong.append(f"{name}: {answer.status}, in {answer.headers.get('content-language')}, without {missing}")
        if assessment.form().fields["GOV-1.note"] != "":
            wrong.append(f"{name}: saved all the same")
            assessment.save({"GOV-1.note": ""})
    assert wrong == []


def test_a_form_of_another_session_comes_back_with_everything_typed(service):
    """UX-24: the proof of an earlier session: 403, nothing saved yet, and one press saves it."""
    assessment = Assessment(Visitor(service, "de"))
    form = assessment.form()
    answer = assessment.visitor.send(form, {"proof": "x" * 22, "GOV-1.note": f"{MARK} spät"})
    assert answer.status == 403
    assert word("kept.whatHeld", "de") in answer.text
    assert assessment.form().fields["GOV-1.note"] == ""
    assert assessment.visitor.send(answer.form("shown")).status == 303
    assert assessment.form().fields["GOV-1.note"] == f"{MARK} spät"


# Odd paths


@pytest.mark.parametrize(
    "path", [
        "//evil.example/en", "/en//help", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/..%5c..%5cetc", "/en/%00", "/en/%ff%fe", "/en/%zz", "/en/%", "/EN", "/en;/help", "/en/help/..", "/en/open/" + "x" * 5_000,
        "/en/assessments/%0d%0aSet-Cookie:%20a=b", "/en?%0d%0aX:%20y", "/en/assessments/" + "a/" * 500, "/../../etc/passwd", "*",
        "http://evil.example/en/help", "/en/submissions/99999999999999999999",
    ])
def test_an_odd_path_gets_a_page_and_opens_nothing(service, path):
    """SEC-13: never a fault, never a file, never a header of the visitor's making, never a redirect to another host."""
    received, _ = exchange(service.port, f"GET {path} HTTP/1.1\r\n{HOST}Connection: close\r\n\r\n".encode("latin-1"))
    found = statuses(received)
    assert len(found) == 1 and found[0] in (200, 303, 307, 308, 400, 403, 404), found
    head = received.split(b"\r\n\r\n")[0].lower()
    assert b"root:" not in received and b"\nset-cookie: a=b" not in head and b"\nx: y" not in head and b"evil.example" not in head


# Noise


def mutations(assessment, chance):
    """Endless honest requests with something wrong in each."""
    form = assessment.form()
    visitor = assessment.visitor
    body = urllib.parse.urlencode({**form.fields, "GOV-1.note": MARK, "GOV-1.practice": "3"}).encode()
    cookie = f"Cookie: __Host-sid={visitor.cookie}\r\nSec-Fetch-Site: same-origin\r\n"
    seeds = [f"GET {path} HTTP/1.1\r\n{HOST}{cookie}\r\n".encode() for path in (
        "/", "/en", "/nl/help", "/health/ready", assessment.path(), assessment.path("/check"), assessment.path("/sections/GOV?one=1"),
        assessment.path("/facts?find=a"), "/en/open/" + "A" * 43)]
    for path in (form.action, "/en/open", "/en/start/supply-chain", assessment.path("/facts"), assessment.path("/link")):
        head = f"POST {path} HTTP/1.1\r\n{HOST}{cookie}Content-Type: application/x-www-form-urlencoded\r\n"
        seeds.append(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        seeds.append(f"{head}Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n")
    while True:
        request = bytearray(chance.choice(seeds))
        for _ in range(chance.choice([1, 1, 2, 5, 30])):
            at = chance.randrange(len(request))
            match chance.randrange(6):
                case 0: request[at] = chance.randrange(256)
                case 1: request[at] ^= 1 << chance.randrange(8)
                case 2: del request[at:at + chance.randrange(1, 40)]
                case 3: request[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20)))
                case 4: request[at:at] = chance.choice([b"\r\n", b"\n", b"\0", b"%", b"&", b"=", b":", b" ", b"\xc3", b"999999999"])
                case 5: request[at:at] = request[at:at + chance.randrange(1, 60)]
            if not request:
                request = bytearray(b"x")
        yield bytes(request)


@pytest.mark.seconds(90)
def test_three_thousand_damaged_requests_leave_the_service_as_it_was(serve, folder):
    """SEC-16: seeded noise on six connections at a time: never a 5xx, no hang, and the honest visitor's answers are untouched."""
    service = serve(folder / "data")
    bystander = Assessment(Visitor(service))
    assert bystander.save({"GOV-1.note": f"{MARK} bystander"}).status == 303
    faults, counted = [], []

    def attack(seed):
        noise = mutations(Assessment(Visitor(service)), random.Random(seed))
        for _ in range(500):
            request = next(noise)
            received, is_closed = exchange(service.port, request, seconds=10)
            counted.extend(statuses(received))
            if any(status >= 500 for status in statuses(received)) or not is_closed:
                faults.append((is_closed, request, received[:200]))

    threads = [threading.Thread(target=attack, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(80)
    examples = [f"closed: {is_closed}, {request!r} → {received!r}" for is_closed, request, received in faults[:3]]
    assert len(faults) == 0, "\n".join(examples)
    assert service.is_running
    assert len(counted) > 1_000 and {200, 303, 400, 404, 422} <= set(counted)
    assert bystander.form().fields["GOV-1.note"] == f"{MARK} bystander"
    assert Visitor(service).get("/health/ready").status == 200
    assert service.stop() == 0
