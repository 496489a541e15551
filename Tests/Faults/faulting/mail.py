"""A mail server in a thread, which accepts, refuses, hangs or hangs up at every step; and msmtp set up to use it."""

import asyncio
import contextlib
import email
import email.policy
import logging
import shutil
import ssl
import subprocess
import threading
import time
import warnings
from dataclasses import dataclass, field

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

#: Where the server can misbehave: "message" is the answer to the whole text, "DATA" the one before it.
STEPS = ("connection", "EHLO", "MAIL", "RCPT", "DATA", "message")
HANG = "never answers"
HANG_UP = "closes the connection"
# It warns that a password without TLS is no good idea: here it is the test.
logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass
class Mail:
    sender: str
    receivers: list
    bytes: bytes

    @property
    def parsed(self):
        return email.message_from_bytes(self.bytes, policy=email.policy.default)


class _Session(SMTP):
    """One connection. The steps of aiosmtpd 1.4.6, each of which the server's orders come before."""

    async def _is_ordered_otherwise(self, step):
        order = self.event_handler.orders.get(step)
        if order is None:
            return False
        if order == HANG:
            await asyncio.Event().wait()
        if order != HANG_UP:
            await self.push(order)
        if order == HANG_UP or order.startswith("421") or step == "connection":
            self.transport.close()
        return True

    async def _handle_client(self):
        self.event_handler.connections += 1
        if not await self._is_ordered_otherwise("connection"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        if not await self._is_ordered_otherwise("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg):
        if not await self._is_ordered_otherwise("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self._is_ordered_otherwise("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self._is_ordered_otherwise("DATA"):
            await super().smtp_DATA(arg)

    async def push(self, status):
        """`handle_DATA` answers by itself where it was ordered to."""
        if status is not None and self.transport is not None:
            await super().push(status)


@dataclass
class MailServer:
    """Listens on a free port of 127.0.0.1, and on the same one again after `stop` and `start`.

    `orders` holds, by step, an answer such as "450 4.2.0 Try later", or `HANG`, or `HANG_UP`; it may change at any time.
    With a `certificate` the server offers STARTTLS, and demands it where `demands_tls`; with a `password` it demands that one,
    for any name. Both count for connections made afterwards.
    """

    orders: dict = field(default_factory=dict)
    certificate: ssl.SSLContext = None
    demands_tls: bool = False
    password: str = None
    mails: list = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def start(self):
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10), "the mail server did not start"
        return self

    def stop(self):
        """Closes the port and every connection."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def wait_for(self, count, seconds=10):
        """The mails, once there are so many."""
        end = time.monotonic() + seconds
        while len(self.mails) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.mails) >= count, f"{len(self.mails)} mails came in {seconds} s, not {count}"
        return self.mails

    def _run(self, started):
        asyncio.set_event_loop(self._loop)
        listening = self._loop.run_until_complete(
            self._loop.create_server(self._session, "127.0.0.1", self.port, reuse_address=True))
        self.port = listening.sockets[0].getsockname()[1]
        self._loop.call_soon(started.set)
        self._loop.run_forever()
        listening.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _session(self):
        demands = {"auth_required": True, "auth_require_tls": False, "authenticator": self._admits} if self.password else {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Session(
                self, hostname="mail.example", loop=self._loop, tls_context=self.certificate, require_starttls=self.demands_tls,
                **demands)

    def _admits(self, _server, _session, _envelope, _mechanism, login):
        return AuthResult(success=login.password == self.password.encode(), handled=False)

    async def handle_DATA(self, session, _connection, envelope):
        if await session._is_ordered_otherwise("message"):
            return None
        self.mails.append(Mail(envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 Kept"


@contextlib.contextmanager
def mail_server(**settings):
    server = MailServer(**settings).start()
    try:
        yield server
    finally:
        server.stop()


def make_certificate(folder):
    """A server's certificate for 127.0.0.1, and the file by which a client trusts it."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate: install openssl")
    file, key = folder / "mail.pem", folder / "mail.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=30)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context, file


def write_msmtprc(folder, server, trust=None, password=None, seconds=None):
    """Sets msmtp up for this server, and returns the command line that sends with it.

    With `trust` msmtp sends by STARTTLS only. `folder` must hold no blank: the command line is split on them.
    """
    if not shutil.which("msmtp"):
        pytest.skip("no msmtp to send mail: install msmtp")
    lines = ["account default", "host 127.0.0.1", f"port {server.port}"]
    lines += ["tls on", "tls_starttls on", f"tls_trust_file {trust}"] if trust else ["tls off"]
    lines += ["auth plain", "user linchpin", f"password {password}"] if password else []
    lines += [f"timeout {seconds}"] if seconds else []
    file = folder / "msmtprc"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    file.chmod(0o600)
    return f"{shutil.which('msmtp')} -C {file}"
