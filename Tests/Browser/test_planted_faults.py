"""The watchdogs bite: each finds a fault that is planted for it (F8)."""

import pytest

from browsing import axe, checker, narrow
from browsing.inspection import inspect

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Planted – Linchpin</title></head>
<body><main id="main"><h1>Planted</h1>{}</main></body></html>"""


def planted(visitor, fault):
    visitor.page.route(visitor.address("/planted"), lambda route: route.fulfill(
        status=200, headers={"Content-Type": "text/html; charset=utf-8"}, body=PAGE.format(fault)))
    return visitor.go("/planted")


@pytest.mark.parametrize("rule, fault", [
    ("image-alt", '<img width="40" height="40">'),
    ("label", '<input name="x">'),
    ("color-contrast", '<p style="color:#999;background:#aaa">Grey on grey</p>'),
    ("target-size", '<p><a href="#main" style="display:inline-block;width:10px;height:10px;overflow:hidden">a</a>'
                    '<a href="#main" style="display:inline-block;width:10px;height:10px;overflow:hidden">b</a></p>'),
])
def test_axe_finds_a_violation(visit, rule, fault):
    found = axe.violations(planted(visit("en"), fault).page)
    assert any(line.startswith(f"axe {rule}:") for line in found), found


def test_the_scanner_sees_nothing_wrong_where_nothing_is(visit):
    assert axe.violations(planted(visit("en"), "<p>All is well.</p>").page) == []


def test_the_checker_finds_an_error(tmp_path):
    found = checker.errors({"good": PAGE.format("<p>Fine.</p>").encode(), "bad": PAGE.format("<p><div></p><a>").encode()}, tmp_path)
    assert found and all(line.startswith("bad") for line in found)


def test_a_page_that_is_too_wide_is_found(visit):
    page = planted(visit("en"), '<p style="width:400px">Wide</p>').page
    assert [line for line in narrow.faults(page) if "UX-21" in line]


@pytest.mark.parametrize("complaint, fault", [
    ("request to another host", '<img src="http://localhost:9/x.png" alt="x">'),
    ("console", "<script>console.error('planted')</script>"),
    ("script error", "<script>throw new Error('planted')</script>"),
    ("dialog", "<script>alert('planted')</script>"),
])
def test_the_watch_notices(stage, complaint, fault):
    visitor = stage.visitor("en")
    planted(visitor, fault)
    visitor.page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match=complaint):
        stage.leave([visitor])


@pytest.mark.parametrize("rule, fault", [
    ("UX-1", "<h1>Twice</h1>"), ("UX-27", "<h3>Skipped</h3>"), ("UX-5", '<label><input type="radio" name="r">One</label>'),
    ("UX-7", '<form method="post" action="/"><label>A<input required></label></form>'), ("SEC-8 no inline style", '<p style="color:red">x</p>'),
    ("SEC-8 no handler", '<p onclick="x()">x</p>'), ("UX-8", "<p>Please enter a valid number</p>"), ("aria-describedby", '<p aria-describedby="no">x</p>'),
    ("UX-20", "<table><tr><th>x</th></tr></table>"), ("header content-security-policy", ""),
])
def test_the_rules_find_a_fault(stage, rule, fault):
    visitor = stage.visitor("en")
    planted(visitor, fault)
    with pytest.raises(AssertionError, match=rule):
        inspect(visitor, "planted")
    stage.pages.pop(("en", "planted"), None)
    stage.leave([visitor])
