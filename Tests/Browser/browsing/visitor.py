"""A person with a browser of her own: where she goes, what she presses, and what she then sees."""

import re
from urllib.parse import urlsplit

from .inspection import inspect
from .watch import Watch
from .words import words


class Visitor:
    def __init__(self, stage, language, *, scripts=True, expected=(), **options):
        self.stage = stage
        self.language = language
        self.words = words(language)
        self.has_scripts = scripts
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "es", **options}
        self.context = stage.browser.new_context(java_script_enabled=scripts, **options)
        self.context.set_default_timeout(20_000)
        self.watch = Watch(self.context, stage.server.host, expected)
        self.page = self.context.new_page()
        self.response = None
        self.assessment = None
        self.link = None
        self.findings = None

    @property
    def status(self):
        return self.response.status

    @property
    def path(self):
        """Of the page that is shown, behind the language."""
        return re.sub(r"^/(nl|fr|de|en)(?=/|$)", "", urlsplit(self.page.url).path)

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    @property
    def heading(self):
        """The page's heading without the line above it."""
        return self.page.evaluate("""() => [...document.querySelector('h1').childNodes]
            .filter(node => !(node.classList && node.classList.contains('caption'))).map(node => node.textContent).join('').trim()""")

    def address(self, place=""):
        return f"{self.stage.server.address}/{self.language}{place}"

    def go(self, place=""):
        self.response = self.page.goto(self.address(place)) or self.response
        return self

    def at(self, place=""):
        """To a page of her assessment."""
        return self.go(f"/assessments/{self.assessment}{place}")

    def click(self, target):
        with self.page.expect_navigation(wait_until="load") as navigation:
            target.click()
        self.response = navigation.value or self.response
        return self

    def press(self, key, **values):
        """A button, or a link that looks like one, by its words."""
        name = self.words(key, **values)
        return self.click(self.page.locator("button, a.button").filter(has_text=re.compile(f"^{re.escape(name)}$")).filter(visible=True).first)

    def follow(self, key, **values):
        return self.click(self.page.get_by_role("link", name=self.words(key, **values), exact=True).first)

    def back(self):
        self.response = self.page.go_back(wait_until="load") or self.response
        return self

    def switch(self, language):
        """With the language switch of the page that is shown."""
        return self.click(self.page.locator(f"header nav [lang={language}]")).speak(language)

    def speak(self, language):
        """From now on she asks for pages in this language."""
        self.language = language
        self.words = words(language)
        return self

    def show(self, answer, place):
        """Shows what a raw request got, with its own status and headers, as if the browser had asked."""
        status, headers, text = answer
        kept = {name: value for name, value in headers.items() if name.lower() not in ("content-length", "connection")}
        self.page.route(self.address(place), lambda route: route.fulfill(status=status, headers=kept, body=text))
        self.go(place)
        self.page.unroute_all()
        return self

    def choose(self, name, value):
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def chosen(self, name):
        """The value of the checked radio, or None."""
        checked = self.page.locator(f'input[name="{name}"]:checked')
        return checked.get_attribute("value") if checked.count() else None

    def open_note(self, question):
        area = self.page.locator(f'textarea[name="{question}.note"]')
        if not area.is_visible():
            self.page.locator("fieldset.question", has=area).locator("details:has(textarea) > summary").click()
        return area

    def inspect(self, name, **expected):
        """Passes the page that is shown through every rule. `name` is unique per page; a state follows a slash."""
        inspect(self, name, **expected)
        return self

    def found(self, fault):
        """A page broke a rule. On the walk the test goes on, and fails at its end, so that the next steps still come."""
        if self.findings is None:
            raise AssertionError(fault)
        self.findings.append(fault)

    def close(self):
        faults = self.watch.faults()
        self.context.close()
        assert not faults, "\n".join(faults)
