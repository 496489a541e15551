"""What no page may do: write to the console, fail in a script, open a dialog, or ask another host for anything."""

from urllib.parse import urlsplit


class Watch:
    def __init__(self, context, host, expected=()):
        """`expected`: beginnings of console messages that the test itself brings about."""
        self.host = host
        self.expected = tuple(expected)
        self.messages, self.errors, self.dialogs, self.foreign, self.requests = [], [], [], [], []
        self.failed_documents = set()
        context.on("console", lambda message: self.messages.append((message.text, message.location.get("url", ""))))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("dialog", self.dialog)
        context.on("request", self.request)
        context.on("response", self.response)

    def dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def request(self, request):
        self.requests.append(request.url)
        if urlsplit(request.url).netloc != self.host:
            self.foreign.append(request.url)

    def response(self, response):
        if response.status >= 400 and response.request.is_navigation_request():
            self.failed_documents.add((response.url.split("#")[0], response.status))

    def faults(self):
        found = [f"request to another host: {url}" for url in self.foreign]
        found += [f"dialog: {text}" for text in self.dialogs]
        found += [f"script error: {text}" for text in self.errors]
        return found + [f"console: {text} ({url})" for text, url in self.messages if not self.is_expected(text, url)]

    def is_expected(self, text, url):
        """Chromium notes a page's own status 4xx as a failed load: that page is what the test asked for."""
        statuses = {status for page, status in self.failed_documents if page == url.split("#")[0]}
        if any(text.startswith(f"Failed to load resource: the server responded with a status of {status}") for status in statuses):
            return True
        return any(text.startswith(beginning) for beginning in self.expected)
