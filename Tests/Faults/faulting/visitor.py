"""A person without a browser: keeps the cookie, reads forms off pages, and sends them as a browser would."""

import http.client
import re
import threading
import urllib.parse
from html.parser import HTMLParser

#: In every text that the tests type, so that the log can be searched for it.
MARK = "Zweefvlieg"
#: What must never be in a log: cookies, proofs and tokens that visitors saw.
SECRETS = set()
_secrets_lock = threading.Lock()


def remember(*secrets):
    with _secrets_lock:
        SECRETS.update(secret for secret in secrets if secret)


class Form:
    def __init__(self, action, identity):
        self.action = action
        self.id = identity
        self.fields = {}
        #: Values on offer by name, for radios, boxes and lists.
        self.choices = {}
        self.buttons = []


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms = []
        self.area = self.select = None

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == "form":
            self.forms.append(Form(at.get("action"), at.get("id")))
        if not self.forms or tag not in ("input", "textarea", "select", "option", "button"):
            return
        form = self.forms[-1]
        name = at.get("name")
        if tag == "input" and at.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(at["value"])
            if "checked" in at:
                form.fields[name] = at["value"]
        elif tag == "input" and name:
            form.fields[name] = at.get("value", "")
        elif tag == "textarea":
            self.area = name
            form.fields[name] = ""
        elif tag == "select":
            self.select = name
        elif tag == "option":
            form.choices.setdefault(self.select, []).append(at.get("value", ""))
            if "selected" in at or self.select not in form.fields:
                form.fields[self.select] = at.get("value", "")
        elif tag == "button" and name:
            form.buttons.append((name, at.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "textarea":
            form = self.forms[-1]
            # The first line break after the tag is no part of the text (HTML §13.1.2.5).
            form.fields[self.area] = form.fields[self.area].removeprefix("\n")
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.forms[-1].fields[self.area] += data


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def html(self):
        return self.body.decode("utf-8")

    @property
    def text(self):
        """What a person reads."""
        reader = _Texts()
        reader.feed(self.html)
        return " ".join(" ".join(reader.parts).split())

    @property
    def language(self):
        return re.search(r'<html lang="(\w+)"', self.html)[1]

    @property
    def forms(self):
        reader = _Forms()
        reader.feed(self.html)
        return reader.forms

    def form(self, with_field):
        return next(form for form in self.forms if with_field in form.fields or with_field in form.choices)

    @property
    def place(self):
        return self.headers.get("location")


class Visitor:
    """One browser at one service. Errors of the connection reach the caller."""

    def __init__(self, service, language="en", seconds=20):
        self.service = service
        self.language = language
        self.seconds = seconds
        self.cookie = None
        self._connection = None
        self._port = None

    def close(self):
        if self._connection:
            self._connection.close()
        self._connection = None

    def ask(self, method, path, body=None, headers=None, fresh=False):
        if fresh or self._port != self.service.port:
            self.close()
        if not self._connection:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=self.seconds)
            self._port = self.service.port
        sent = {"Sec-Fetch-Site": "same-origin", **(headers or {})}
        if self.cookie:
            sent.setdefault("Cookie", f"__Host-sid={self.cookie}")
        try:
            self._connection.request(method, path, body=body, headers=sent)
            response = self._connection.getresponse()
            answer = Answer(response.status, response.getheaders(), response.read())
            closes = response.will_close
        except BaseException:
            self.close()
            raise
        if closes:
            self.close()
        given = re.match(r"__Host-sid=([^;]+)", answer.headers.get("set-cookie", ""))
        if given:
            self.cookie = given[1]
        remember(self.cookie)
        if b'name="proof"' in answer.body:
            remember(*re.findall(r'name="proof" value="([^"]+)"', answer.html))
        return answer

    def get(self, path):
        """The connection may have been closed while it was idle, so it is tried once more."""
        try:
            return self.ask("GET", path)
        except (http.client.RemoteDisconnected, ConnectionError):
            return self.ask("GET", path, fresh=True)

    def post(self, path, fields, **more):
        return self.ask(
            "POST", path, urllib.parse.urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"}, **more)

    def send(self, form, changes=None, **more):
        return self.post(form.action, {**form.fields, **(changes or {})}, **more)


class Assessment:
    """One assessment as one visitor holds it."""

    def __init__(self, visitor, level="starter"):
        self.visitor = visitor
        form = visitor.get(f"/{visitor.language}").form("level")
        begun = visitor.send(form, {"level": level})
        assert begun.status == 303, f"{begun.status}: {begun.text}"
        self.id = re.fullmatch(r"/\w\w/assessments/([\w-]+)/facts", begun.place)[1]

    def path(self, place="", language=None):
        return f"/{language or self.visitor.language}/assessments/{self.id}{place}"

    def page(self, place="", language=None):
        return self.visitor.get(self.path(place, language))

    def tell_facts(self, name="", number="", sector="62"):
        """Makes the private link, and returns its token."""
        form = self.page("/facts").form("firm.level")
        facts = {
            "firm.sector": sector, "firm.size": form.choices["firm.size"][1], "firm.region": form.choices["firm.region"][2],
            "firm.name": name, "firm.number": number, "then": "continue",
        }
        told = self.visitor.send(form, facts)
        assert told.status == 303, f"{told.status}: {told.text}"
        token = re.search(r"/open/([\w-]{43})", self.page("/link").html)[1]
        remember(token)
        return token

    @property
    def sections(self):
        found = re.findall(r"/sections/([\w.-]+)", self.page().html)
        return list(dict.fromkeys(found))

    def form(self, section="GOV"):
        page = self.page(f"/sections/{section}")
        assert page.status == 200, f"{page.status}: {page.text}"
        return page.form("shown")

    def save(self, changes, section="GOV"):
        """Loads the section, types, and saves."""
        return self.visitor.send(self.form(section), {"then": "later", **changes})

    def answer_everything(self, score="3", note=""):
        for section in self.sections:
            form = self.form(section)
            changes = {name: score for name in form.choices if name.endswith(".practice")}
            notes = {name: f"{note} {name}" for name in form.fields if name.endswith(".note")} if note else {}
            saved = self.visitor.send(form, {**changes, **notes, "then": "later"})
            assert saved.status == 303, f"{saved.status}: {saved.text}"

    def hand_in(self):
        """The path of the submission."""
        sent = self.visitor.send(self.page("/check").form("revision"))
        assert sent.status == 303, f"{sent.status}: {sent.text}"
        return sent.place.removesuffix("/confirmation")


def versions(form):
    """How often each field of a form had been written when it was drawn."""
    return {name: int(version) for name, version, _ in (entry.split(":") for entry in form.fields["shown"].split())}
