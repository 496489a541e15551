"""The command `linchpin` as a process: started, asked, stopped, killed. Logs are kept until the session ends."""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILT = Path(os.environ.get("LINCHPIN_BINARY") or ROOT / ".build/debug/linchpin")


class Program:
    """The binary with its questionnaires and wording: a copy, so that work beside the tests cannot pull it away."""

    def __init__(self, folder):
        self.folder = folder / "program"
        self.logs = folder / "logs"
        self.logs.mkdir()
        for name in ("Questionnaires", "Web"):
            shutil.copytree(ROOT / name, self.folder / name)
        self.binary = shutil.copy2(BUILT, self.folder / "linchpin")
        self.services = []

    def environment(self, settings=None, injector=None):
        clean = {name: value for name, value in os.environ.items() if not name.startswith("LINCHPIN_")}
        return {**clean, **(settings or {}), **(injector.environment if injector else {})}

    def run(self, *arguments, settings=None, injector=None, seconds=30):
        """A command that ends by itself."""
        return subprocess.run(
            [self.binary, *map(str, arguments)], cwd=self.folder, env=self.environment(settings, injector), timeout=seconds,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", check=False)

    def begin(self, *arguments, settings=None, injector=None):
        """A command that the caller watches."""
        return subprocess.Popen(
            [self.binary, *map(str, arguments)], cwd=self.folder, env=self.environment(settings, injector),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def refused(self, data, *options, settings=None, seconds=20):
        """A start that must fail: its exit code, what it told the operator, and its log."""
        outcome = self.run("serve", "--data", data, "--port", "0", *options, settings=settings, seconds=seconds)
        return outcome.returncode, outcome.stderr, outcome.stdout

    def serve(self, data, *options, settings=None, injector=None, wait=True, wrapper=(), limit=None):
        service = Service(self, data, options, settings, injector, wrapper, limit)
        self.services.append(service)
        if wait:
            service.wait_until_serving()
        return service


class Service:
    """`port` is one that was free; it changes with every start."""

    def __init__(self, program, data, options, settings, injector, wrapper, limit):
        self.program = program
        self.data = Path(data)
        self.port = None
        number = len(program.services)
        self.log_file = program.logs / f"{number}.log"
        self.error_file = program.logs / f"{number}.err"
        self.began = time.monotonic()
        with self.log_file.open("wb") as log, self.error_file.open("wb") as errors:
            self.process = subprocess.Popen(
                [*wrapper, program.binary, "serve", "--data", data, "--port", "0", *options], cwd=program.folder,
                env=program.environment(settings, injector), stdout=log, stderr=errors, preexec_fn=limit)
        #: Seconds until it served: by the clock on the wall, and of processor time.
        self.took = self.computed = None

    @property
    def log(self):
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @property
    def errors(self):
        return self.error_file.read_text(encoding="utf-8", errors="replace")

    def lines(self, event=None):
        """The log as objects. Lines about requests come a fifth of a second late; the last may still be on its way."""
        if self.process.poll() is None:
            time.sleep(0.4)
        whole, _, _ = self.log.rpartition("\n")
        lines = [json.loads(line) for line in whole.splitlines()]
        return [line for line in lines if event in (None, line["event"])]

    @property
    def is_running(self):
        return self.process.poll() is None

    def wait_until_serving(self, seconds=20):
        end = self.began + seconds
        while time.monotonic() < end:
            serving = re.search(r'"event":"serving","cause":"http://[^:]+:(\d+) ', self.log)
            if serving:
                self.took = time.monotonic() - self.began
                self.computed = self._processor_seconds()
                self.port = int(serving[1])
                return
            if not self.is_running:
                break
            time.sleep(0.01)
        raise AssertionError(f"the service does not serve (exit {self.process.poll()}):\n{self.errors}{self.log}")

    def _processor_seconds(self):
        """proc(5): fields 14 and 15 of stat, counted behind the name."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, seconds=15, by=signal.SIGTERM):
        """The exit code."""
        self.process.send_signal(by)
        return self.process.wait(seconds)

    def kill(self):
        if self.is_running:
            self.process.kill()
        self.process.wait(10)
