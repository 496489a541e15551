"""A file system that only looks remote: a FUSE mount of the kind that sshfs makes, answered by a thread of the test."""

import contextlib
import ctypes
import errno
import os
import select
import stat
import struct
import tempfile
import threading
import time
from pathlib import Path

import pytest

FUSE_LOOKUP, FUSE_GETATTR, FUSE_INIT, FUSE_FORGET = 1, 3, 26, 2
ENOENT, ENOSYS, MNT_DETACH = 2, 38, 2


def _attributes(now):
    """struct fuse_attr of an empty folder (linux/fuse.h)."""
    return struct.pack("<6Q10I", 1, 0, 0, now, now, now, 0, 0, 0, stat.S_IFDIR | 0o755, 2, 0, 0, 0, 4_096, 0)


def _answer(code, now):
    """Error number and payload for one request."""
    if code == FUSE_INIT:
        return 0, struct.pack("<4I2HI", 7, 31, 0, 0, 1, 1, 4_096) + bytes(40)
    if code == FUSE_GETATTR:
        return 0, struct.pack("<QII", 1, 0, 0) + _attributes(now)
    return (ENOENT if code == FUSE_LOOKUP else ENOSYS), b""


def _serve(device, ended):
    while not ended.is_set():
        if not select.select([device], [], [], 0.1)[0]:
            continue
        try:
            request = os.read(device, 1 << 17)
        except OSError as error:
            # A request that was taken back, or none after all: the next one comes. Unmounted: none comes.
            if error.errno in (errno.EAGAIN, errno.EINTR, errno.ENOENT):
                continue
            return
        code, unique = struct.unpack_from("<IQ", request, 4)
        if code == FUSE_FORGET:
            continue
        error, payload = _answer(code, int(time.time()))
        with contextlib.suppress(OSError):
            os.write(device, struct.pack("<IiQ", 16 + len(payload), -error, unique) + payload)


@contextlib.contextmanager
def remote_folder(kind="sshfs"):
    if os.geteuid() != 0 or not os.path.exists("/dev/fuse"):
        pytest.skip("a FUSE mount needs root and /dev/fuse")
    libc = ctypes.CDLL(None, use_errno=True)
    folder = Path(tempfile.mkdtemp(prefix="linchpin-remote-"))
    device = os.open("/dev/fuse", os.O_RDWR | os.O_NONBLOCK)
    ended = threading.Event()
    thread = threading.Thread(target=_serve, args=(device, ended))
    thread.start()
    try:
        options = f"fd={device},rootmode=40000,user_id=0,group_id=0"
        if libc.mount(kind.encode(), os.fsencode(folder), f"fuse.{kind}".encode(), 6, options.encode()) != 0:
            pytest.skip(f"this machine mounts no FUSE: {os.strerror(ctypes.get_errno())}")
        yield folder
    finally:
        libc.umount2(os.fsencode(folder), MNT_DETACH)
        ended.set()
        thread.join(5)
        os.close(device)
        folder.rmdir()
