"""Many sockets that send a byte a second, each kind in its own way, to hold the service up (slowloris)."""

import contextlib
import select
import threading
import time

from .raw import connect

TICK = 1.0


class Crowd(threading.Thread):
    """`starts` are the first bytes of each kind; a byte of `drip` follows every second. Knows how long each was let in."""

    def __init__(self, port, starts, each, drip=b"x"):
        super().__init__(daemon=True)
        self.drip = drip
        self.ended = threading.Event()
        #: Kind and time of opening by socket.
        self.open = {}
        #: Seconds from opening to closing by the service, by kind.
        self.lasted = {kind: [] for kind in starts}
        for kind, bytes_ in starts.items():
            for _ in range(each):
                connection = connect(port)
                connection.sendall(bytes_)
                connection.setblocking(False)
                self.open[connection] = (kind, time.monotonic())
        self.size = len(self.open)

    def run(self):
        while self.open and not self.ended.is_set():
            time.sleep(TICK)
            for connection in list(self.open):
                if not self._is_open(connection):
                    kind, opened = self.open.pop(connection)
                    self.lasted[kind].append(time.monotonic() - opened)
                    connection.close()

    def _is_open(self, connection):
        try:
            if select.select([connection], [], [], 0)[0] and not connection.recv(65_536):
                return False
            with contextlib.suppress(BlockingIOError):
                connection.send(self.drip)
        except OSError:
            return False
        return True

    def wait_until_gone(self, seconds):
        """The kinds that are still there after `seconds` since they came, with their number."""
        self.join(max(0, seconds - (time.monotonic() - min((opened for _, opened in self.open.values()), default=0))))
        left = [kind for kind, _ in list(self.open.values())]
        return {kind: left.count(kind) for kind in set(left)}

    def end(self):
        self.ended.set()
        self.join(5)
        for connection in self.open:
            connection.close()
