"""An assessment made ready without a browser, for tests that are about something later. The walk takes every step by hand."""

import re
import secrets

from .questionnaire import asked
from .raw import Raw


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def prepare(visitor, level="starter", sector="62", answers=None, is_confirmed=False, name="", number=""):
    """Facts given, private link kept, and, where `answers` are given, every section saved. The visitor is left nowhere."""
    raw = Raw(visitor.stage.server)
    _, headers, page = raw.ask("GET", f"/{visitor.language}")
    raw.cookie = headers["Set-Cookie"].split(";")[0]
    proof = hidden(page, "proof")

    def post(path, fields):
        status, headers, text = raw.post(path, {"proof": proof, "form": secrets.token_urlsafe(16), **fields})
        assert status == 303, f"{path}: {status} {text}"
        return headers["Location"]

    home = post(f"/{visitor.language}/start/supply-chain", {"level": level}).removesuffix("/facts")
    visitor.assessment = home.rsplit("/", 1)[1]
    post(f"{home}/facts", {"shown": "", "firm.sector": sector, "firm.size": "small", "firm.region": "BE21", "firm.name": name, "firm.number": number})
    visitor.link = re.search(r"http://[^<\s\"]+/open/[\w-]+", raw.ask("GET", f"{home}/link")[2])[0]
    post(f"{home}/link", {"then": "kept"})
    for domain in asked(level, sector) if answers else ():
        fields = {f"{q.id}.{part}": value for q in domain.questions if (one := answers.get(q.id))
                  for part, value in (("practice", one.choice), ("reason", one.reason), ("note", one.note)) if value}
        post(f"{home}/sections/{domain.id}", {"shown": "", "then": "later", **fields})
    if is_confirmed:
        post(f"{home}/check", {"revision": hidden(raw.ask("GET", f"{home}/check")[2], "revision")})
    name, value = raw.cookie.split("=", 1)
    visitor.context.add_cookies([{"name": name, "value": value, "url": "https://127.0.0.1", "secure": True, "httpOnly": True, "sameSite": "Lax"}])
    visitor.stage.secrets.update([visitor.assessment, visitor.link.rsplit("/", 1)[1], value])
    return visitor
