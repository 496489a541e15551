"""Bytes on a socket, for what no browser sends."""

import contextlib
import re
import socket
import time


def connect(port, seconds=5):
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def receive(connection):
    """All that comes until the other side closes, resets, or is silent for longer than the socket's time-out;
    and whether it closed."""
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except TimeoutError:
        return received, False
    except OSError:
        pass
    return received, True


def exchange(port, request, seconds=5, ends=True):
    """Sends bytes, says that no more will come, and returns what came back and whether the connection was closed."""
    with connect(port, seconds) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(request)
            if ends:
                connection.shutdown(socket.SHUT_WR)
        return receive(connection)


def statuses(received):
    """The status of each response in what came back; page texts hold no such line."""
    return [int(status) for status in re.findall(rb"(?:^|\r\n\r\n|>|\n)HTTP/1\.[01] (\d{3})", received)]


def post_head(visitor, path, length, more=""):
    """The head of a form post as this visitor's browser would send it."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.service.port}\r\nCookie: __Host-sid={visitor.cookie}\r\n"
        f"Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
        f"{more}\r\n").encode()


def is_closed_within(connection, seconds):
    """Whether the other side hangs up in time; what it says before does not matter."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        connection.settimeout(left)
        try:
            if not connection.recv(65_536):
                return True
        except TimeoutError:
            return False
        except OSError:
            return True
    return False
