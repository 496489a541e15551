"""The service under test: one process with its own data folder; its log is kept for the last test."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BINARY = Path(os.environ.get("LINCHPIN_BINARY", ROOT / ".build/debug/linchpin"))


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """`options` are the operator's settings: `operator_name="…"` becomes LINCHPIN_OPERATOR_NAME."""

    def __init__(self, folder, **options):
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.address = f"http://{self.host}"
        self.log_file = folder / "service.log"
        self.error_file = folder / "service.err"
        settings = {f"LINCHPIN_{name.upper()}": value for name, value in options.items()}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LINCHPIN_")}
        with self.log_file.open("wb") as log, self.error_file.open("wb") as errors:
            self.process = subprocess.Popen(
                [BINARY, "serve", "--data", folder / "data", "--port", str(self.port)],
                cwd=ROOT, stdout=log, stderr=errors, env={**inherited, **settings})
        self.wait_until_ready()

    def wait_until_ready(self, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service did not start:\n{self.error_file.read_text()}{self.log_file.read_text()}")
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the service was not ready within {seconds} s")

    @property
    def log(self):
        return self.log_file.read_text(encoding="utf-8")

    def stop(self, seconds=15):
        """The exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
