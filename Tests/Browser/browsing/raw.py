"""Requests without a browser: the same session, but any bytes."""

import http.client
from urllib.parse import urlencode


class Raw:
    def __init__(self, server, visitor=None):
        self.host = server.host
        cookies = visitor.context.cookies() if visitor else []
        self.cookie = "; ".join(f"{one['name']}={one['value']}" for one in cookies)

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and text."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            sent = {"Cookie": self.cookie, **(headers or {})}
            connection.request(method, path, body, {name: value for name, value in sent.items() if value})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode("utf-8")
        finally:
            connection.close()

    def post(self, path, fields, headers=None):
        return self.ask("POST", path, urlencode(fields), {
            "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", **(headers or {})})


def fields_of(visitor, selector="main form"):
    """What the form would post now, without a button."""
    pairs = visitor.page.evaluate("selector => [...new FormData(document.querySelector(selector))]", selector)
    return [(name, value) for name, value in pairs]
