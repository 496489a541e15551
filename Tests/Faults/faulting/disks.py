"""Small, full, read-only and remote disks. All need root."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(size):
    """A folder on a file system of its own in memory, gone afterwards whatever happens."""
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    folder = Path(tempfile.mkdtemp(prefix="linchpin-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], stderr=subprocess.PIPE, text=True, check=False)
    try:
        if mounted.returncode != 0:
            pytest.skip(f"this machine mounts no tmpfs: {mounted.stderr.strip()}")
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], stderr=subprocess.DEVNULL, check=False)
        folder.rmdir()


def fill(folder):
    """Takes the last byte of a disk, and returns the file that has it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    return filler
