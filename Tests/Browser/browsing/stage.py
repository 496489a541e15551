"""What all tests of a run share: the service, the browser, and what has been seen so far."""

from .visitor import Visitor


class Stage:
    def __init__(self, server, browser):
        self.server = server
        self.browser = browser
        self.pages = {}
        self.titles = {}
        self.secrets = set()
        self._seen = set()
        self._visitors = []

    def is_new(self, language, name):
        """True once per page, state and language: the slow rules need no second look."""
        if (language, name) in self._seen:
            return False
        self._seen.add((language, name))
        return True

    def visitor(self, language="en", **options):
        visitor = Visitor(self, language, **options)
        self._visitors.append(visitor)
        return visitor

    def leave(self, visitors):
        """Closes them; raises what their browsers complained about."""
        faults = []
        for visitor in [one for one in visitors if one in self._visitors]:
            self._visitors.remove(visitor)
            try:
                visitor.close()
            except AssertionError as fault:
                faults.append(str(fault))
        assert not faults, "\n".join(faults)

    @property
    def visitors(self):
        return list(self._visitors)
