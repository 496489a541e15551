"""People with accounts: their mail, their telephones, and what they do with their browsers."""

import base64
import email
import email.policy
import hmac
import itertools
import re
import secrets
import struct
import subprocess
import time
from urllib.parse import urlsplit

from . import steps
from .server import BINARY
from .stage import Stage
from .words import LANGUAGES

PASSWORD = "twelve quiet herons wade"
ADDRESSES = (f"198.51.{net}.{host}" for net, host in itertools.product(range(100), range(1, 255)))


class Mailbox:
    """What the service sends, one file per message. `program` is what it hands them to."""

    def __init__(self, folder):
        self.folder = folder / "mail"
        self.folder.mkdir()
        self.program = folder / "sendmail"
        self.program.write_text(f'#!/bin/sh\npart=$(mktemp {self.folder}/XXXXXX) && cat > "$part" && mv "$part" "$part.mail"\n')
        self.program.chmod(0o700)
        self.read = set()

    def link(self, to, place, seconds=15):
        """What stands behind the language in the link of a message to this address that nobody has opened yet."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for file in sorted(self.folder.glob("*.mail"), key=lambda file: file.stat().st_mtime):
                message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                link = re.search(rf"http://\S+?/\w\w(/{place}/[\w-]+)", message.get_content())
                if file not in self.read and message["To"] == to and link:
                    self.read.add(file)
                    return link[1]
            time.sleep(0.05)
        raise AssertionError(f"no message to {to} with a link to /{place}")


class Phone:
    """An authenticator app. The service takes a code once, and the codes just before and after too (RFC 6238)."""

    STEP = 30

    def __init__(self, key):
        self.key = base64.b32decode(key)
        self.used = 0

    def code(self):
        """One that was not used yet; waits where there is none."""
        now = time.time()
        # The one before is no longer taken when the next begins.
        first = int((now + 3) // self.STEP) - 1
        step = max(self.used + 1, first)
        time.sleep(max(0, (step - 1) * self.STEP - now))
        self.used = step
        return self.at(step)

    def at(self, step):
        digest = hmac.digest(self.key, struct.pack(">Q", step), "sha1")
        return f"{(struct.unpack_from('>I', digest, digest[19] & 15)[0] & 0x7FFF_FFFF) % 1_000_000:06}"

    def wrong(self):
        now = int(time.time() // self.STEP)
        taken = {self.at(step) for step in range(now - 2, now + 4)}
        return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666") if code not in taken)


class Town(Stage):
    """A service that sends mail, and visitors who each come from an address of their own. What was seen counts with the rest."""

    def __init__(self, server, browser, mail, stage):
        super().__init__(server, browser)
        self.mail = mail
        self.pages, self.titles, self._seen = stage.pages, stage.titles, stage._seen

    def visitor(self, language="en", *, expected=(), **options):
        headers = {"X-Forwarded-For": next(ADDRESSES)}
        return super().visitor(language, expected=["Clear-Site-Data header on", *expected], extra_http_headers=headers, **options)

    def command(self, *words):
        """What `linchpin user …` prints while the service runs."""
        data = self.server.log_file.parent / "data"
        return subprocess.run([BINARY, "user", *words, "--data", data], capture_output=True, text=True, check=True).stdout


def new_address(name="anna"):
    """Long enough to be in the way on a small screen."""
    return f"{name}.vandenbroucke.{secrets.token_hex(4)}@firm-{secrets.token_hex(3)}.example"


def type_in(visitor, **fields):
    for name, value in fields.items():
        visitor.page.locator(f"#{name}").fill(value)
    return visitor


def inspect_everywhere(visitor, name, **expected):
    """The page that is shown, in every language. Afterwards it is there in her own."""
    own, parts = visitor.language, urlsplit(visitor.page.url)
    place = visitor.path + (f"?{parts.query}" if parts.query else "")
    for language in LANGUAGES:
        visitor.speak(language).go(place).inspect(name, **expected)
    return visitor.speak(own).go(place)


def register(visitor, name="Anna Peeters", address=None):
    """She has an account, is signed in, and sees its page."""
    visitor.email = address or new_address()
    visitor.stage.secrets.update([visitor.email, name])
    type_in(visitor.go("/register"), email=visitor.email).press("register.button")
    visitor.go(visitor.stage.mail.link(visitor.email, "register"))
    type_in(visitor, name=name, newPassword=PASSWORD).press("register.goOnButton")
    assert visitor.path == "/account", visitor.text
    return visitor


def key_on_page(visitor):
    key = re.search(r"\b[A-Z2-7]{32}\b", visitor.text)[0]
    visitor.stage.secrets.add(key)
    return key


def turn_on_second_step(visitor, password=PASSWORD):
    """On the page that asks for it; half signed in, the password was given a moment ago. Her recovery codes are shown then."""
    visitor.phone = Phone(key_on_page(visitor))
    if visitor.page.locator("#password").count():
        type_in(visitor, password=password)
    type_in(visitor, code=visitor.phone.code()).press("secondStep.button")
    visitor.codes = visitor.page.locator("main ol code").all_inner_texts()
    assert len(visitor.codes) == 10, visitor.text
    visitor.stage.secrets.update(visitor.codes)
    return visitor


def sign_in(visitor, address, password=PASSWORD, phone=None, recovery=None):
    """On the sign-in page, and the page of the code where there is a second step."""
    type_in(visitor, email=address, password=password).press("signIn.button")
    if recovery:
        visitor.page.locator("details > summary").click()
        type_in(visitor, recovery=recovery).press("code.button")
    elif phone:
        type_in(visitor, code=phone.code()).press("code.button")
    return visitor


def fill_organisation(visitor, name, number="", sector="62", size="small", region="BE21"):
    type_in(visitor, name=name, number=number)
    visitor.page.locator("#sector").select_option(sector)
    visitor.choose("size", size)
    visitor.page.locator("#region").select_option(region)
    return visitor


def make_organisation(visitor, name, **facts):
    fill_organisation(visitor.go("/organisations/new"), name, **facts).press("organisation.make")
    visitor.organisation = re.fullmatch(r"/organisations/([\w-]{22})", visitor.path)[1]
    visitor.stage.secrets.update([name, visitor.organisation])
    return visitor


def at_organisation(visitor, place=""):
    return visitor.go(f"/organisations/{visitor.organisation}{place}")


def begin(visitor, level="starter"):
    """A new assessment of her organisation, up to its sections."""
    at_organisation(visitor, "/assessments")
    visitor.choose("level", level)
    visitor.press("home.start")
    steps.note_assessment(visitor)
    return visitor.press("save.continue")


def invite(visitor, address, role):
    """The link in the mail."""
    type_in(at_organisation(visitor, "/invitations"), email=address)
    visitor.choose("role", role)
    visitor.press("invitation.button")
    visitor.stage.secrets.add(address)
    return visitor.stage.mail.link(address, "join")


def join(visitor, link, name):
    """With a new account."""
    type_in(visitor.go(link), name=name, newPassword=PASSWORD).press("join.newButton")
    visitor.organisation = re.fullmatch(r"/organisations/([\w-]{22})", visitor.path)[1]
    visitor.stage.secrets.add(name)
    return visitor


def ask(visitor, name, *sections):
    """The link for somebody without an account, behind the language."""
    type_in(visitor.at("/colleagues"), name=name)
    for section in sections:
        visitor.choose(f"section.{section}", section)
    visitor.press("colleague.button")
    link = re.search(r"/contribute/[\w-]+", visitor.page.locator(".keep").inner_text())[0]
    visitor.stage.secrets.add(link.rsplit("/", 1)[1])
    return link


def help_out(visitor, link):
    """Opens the sections that somebody was asked to fill in."""
    visitor.go(link).press("contribute.button")
    steps.note_assessment(visitor)
    return visitor


def adopt(visitor, link="end"):
    visitor.at("/adoption")
    visitor.choose("organisation", visitor.organisation)
    visitor.choose("link", link)
    return visitor.press("adoption.button")
