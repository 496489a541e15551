"""Breaks a process's calls on files and the clock, on command: see breaking_calls.c."""

import mmap
import shutil
import struct
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("breaking_calls.c")
NAMES = ("sync_error", "write_error", "read_error", "passing", "sync_delay", "die_at", "clock_offset", "changes", "syncs", "failures")


def compiler():
    return next(filter(None, map(shutil.which, ("gcc", "cc", "clang"))), None)


def build(folder):
    library = folder / "breaking_calls.so"
    subprocess.run([compiler(), "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True, timeout=60)
    return library


class Injector:
    """Each of `NAMES` is an attribute, shared with the process while it runs.

    `sync_error`, `write_error` and `read_error` are error numbers, after `passing` calls that still succeed; `sync_delay` is in
    milliseconds; `die_at` kills the process before its n-th change; `clock_offset` is in seconds; the others count.
    """

    def __init__(self, library, file):
        file.write_bytes(bytes(4 * len(NAMES)))
        self.environment = {"LD_PRELOAD": str(library), "BREAKING_CALLS": str(file)}
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), 4 * len(NAMES))

    def __getattr__(self, name):
        if name not in NAMES:
            raise AttributeError(name)
        return struct.unpack_from("i", self._memory, 4 * NAMES.index(name))[0]

    def __setattr__(self, name, value):
        if name in NAMES:
            struct.pack_into("i", self._memory, 4 * NAMES.index(name), value)
        else:
            super().__setattr__(name, value)

    def heal(self):
        for name in NAMES:
            setattr(self, name, 0)
