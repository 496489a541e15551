"""People with accounts: links that work once, signing in, the second step."""

import base64
import hashlib
import hmac
import re
import struct
import time
import urllib.parse

from .visitor import Visitor, remember
from .words import word

#: Nobody else has it, and it is long enough alone.
PASSWORD = "twelve quiet herons wade"
remember(PASSWORD)


def link_place(text):
    """The path of the one link in what a command printed."""
    links = text.split()
    assert len(links) == 1, text
    address = urllib.parse.urlparse(links[0])
    assert re.fullmatch(r"/\w\w/reset/[\w-]{43}", address.path) and not address.query, text
    remember(address.path.rpartition("/")[2])
    return address.path


def choose_password(service, place, password=PASSWORD):
    """The answer to the form behind a link."""
    visitor = Visitor(service)
    page = visitor.get(place)
    return page if page.status != 200 else visitor.send(page.form("newPassword"), {"newPassword": password})


def sign_in(service, email, password=PASSWORD):
    """A visitor whose password was right, and where she is led."""
    visitor = Visitor(service)
    answer = visitor.send(visitor.get("/en/sign-in").form("email"), {"email": email, "password": password})
    return visitor, answer


def set_up_second_step(visitor):
    page = visitor.get("/en/account/second-step")
    key = re.search(r"[A-Z2-7]{32}", page.text)[0]
    remember(key)
    answer = visitor.send(page.form("code"), {"code": code(key), "then": "on"})
    assert answer.status == 200 and word("secondStep.codesTitle") in answer.text, answer.text


def code(key, at=None):
    """RFC 6238."""
    step = struct.pack(">Q", int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(key), step, hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
