"""The rules that every page passes, in every language and state."""

import gzip
from pathlib import Path
from urllib.parse import parse_qsl

from . import axe, narrow
from .questionnaire import all_text
from .words import OWN_NAMES

HERE = Path(__file__).parent
RULES = (HERE / "rules.js").read_text(encoding="utf-8")
ERROR_RULES = (HERE / "error_rules.js").read_text(encoding="utf-8")

# UX-8: no apology, no jargon, no reproach.
BAD_WORDS = {
    "en": ["please", "sorry", "valid", "invalid", "forbidden", "oops", "this field is required"],
    "nl": ["alstublieft", "a\\.u\\.b\\.?", "gelieve", "sorry", "geldige?", "ongeldige?", "verboden", "oeps", "verplicht veld"],
    "fr": ["s['’]il vous plaît", "svp", "veuillez", "désolée?s?", "in?valides?", "valides?", "interdite?s?", "oups", "champ obligatoire"],
    "de": ["bitte", "entschuldigung", "sorry", "(un)?gültig(e|er|es|en|em)?", "verboten", "hoppla", "ups", "pflichtfeld"],
}

# SEC-7 to SEC-9, on every response.
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}


def inspect(visitor, name, *, typed=(), is_chooser=False, raw_limit=50_000):
    """`typed`: what visitors wrote, which may hold any word. `raw_limit`: bytes of HTML (UX-35)."""
    page, stage, language = visitor.page, visitor.stage, visitor.language
    found = page.evaluate(RULES, {
        "language": language, "ownNames": OWN_NAMES, "badWords": BAD_WORDS[language], "isChooser": is_chooser})
    faults = found["faults"]
    content = all_text(language)
    faults += [f"UX-8 {text}" for text in found["badTexts"] if text not in content and not any(one in text for one in typed)]
    faults += _title(stage, language, name.split("/")[0], found["title"], visitor.words("error.prefix"))
    if page.locator(".summary").count():
        faults += _errors(visitor)
    faults += [f"header {header}: {visitor.response.headers.get(header)}" for header, value in HEADERS.items()
               if visitor.response.headers.get(header) != value]
    body = visitor.response.body()
    if len(body) > raw_limit or len(gzip.compress(body)) > 30_000:
        faults.append(f"UX-35 {len(body)} bytes, {len(gzip.compress(body))} compressed")
    stage.pages.setdefault((language, name), body)
    if visitor.has_scripts and stage.is_new(language, name):
        with narrow.everything_open(page):
            faults += axe.violations(page)
            faults += axe.violations_in_the_dark(page) if language == "en" else []
            faults += narrow.faults(page)
    faults += visitor.watch.faults()
    if faults:
        visitor.found(f"{name} in {language}, {page.url}:\n" + "\n".join(faults))


def _title(stage, language, page, title, prefix):
    """UX-1: a title belongs to one page, whatever its state."""
    plain = title.removeprefix(prefix)
    owner = stage.titles.setdefault((language, plain), page)
    return [] if owner == page else [f"UX-1 the title \"{plain}\" belongs to {owner} and to {page}"]


def _errors(visitor):
    request = visitor.response.request
    # A file is not shown again; its form has nothing else to type.
    is_form = request.method == "POST" and request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    posted = parse_qsl(request.post_data or "", keep_blank_values=True) if is_form else []
    mechanics = {"proof", "form", "shown", "then", "revision"}
    # No page shows a password or a code again.
    secrets = {"password", "newPassword", "code", "recovery"}
    faults = visitor.page.evaluate(ERROR_RULES, {
        "prefix": visitor.words("error.prefix"), "heading": visitor.words("error.title"),
        "posted": [pair for pair in posted if pair[0] not in mechanics | secrets and pair[1]]})
    return [f"UX-6 {fault}" for fault in faults] + ([] if visitor.status in (403, 422) else [f"UX-6 status {visitor.status}"])
