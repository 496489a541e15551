"""A member of staff: made on the command line, signed in with both steps."""

import base64
import hashlib
import hmac
import re
import struct
import subprocess
import time

from .server import BINARY

PASSWORD = "twelve quiet herons wade"


def become_administrator(visitor, email, name):
    """Chooses a password by the link that `linchpin user add` prints, and sets up the second step."""
    folder = visitor.stage.server.log_file.parent / "data"
    command = [BINARY, "user", "add", "--administrator", email, "--name", name, "--language", visitor.language, "--data", folder]
    link = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, timeout=30).stdout.strip()
    visitor.go(link.removeprefix(visitor.stage.server.address).removeprefix(f"/{visitor.language}"))
    visitor.page.fill("#newPassword", PASSWORD)
    visitor.press("forgot.newButton")
    visitor.page.fill("#password", PASSWORD)
    visitor.press("signIn.button")
    key = re.search(r"[A-Z2-7]{32}", visitor.text)[0]
    visitor.page.fill("#code", code(key))
    visitor.press("secondStep.button")
    assert visitor.heading == visitor.words("secondStep.codesTitle")


def code(key):
    """RFC 6238."""
    digest = hmac.new(base64.b32decode(key), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
