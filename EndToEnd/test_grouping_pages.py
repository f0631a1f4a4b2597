"""The pages about grouping in a real browser: rules, what an issue consists of, and issues that are alike."""

import time

import pytest

from harness.pages import SCHEMES, faint_text, nameless_controls, photograph
from harness.wire import event_envelope, post
from test_grouping import error, eventually, issue_path, merged


@pytest.fixture
def send(server, project, editor):
    """Sends an event; the issue it is in."""
    def send(sent: dict) -> dict:
        assert post(server.address, project.dsn, event_envelope(sent)).status == 200
        return editor.issue_of(sent["event_id"])
    return send


def path_of(issue: dict, page: str = "") -> str:
    return f"/issues/{issue['shortId']}/{page}"


def press(browser, text: str) -> None:
    """Presses the button of this name, and waits for the page that follows."""
    (button,) = [button for button in browser.all("main button") if button.text == text]
    (before,) = browser.all("body")
    button.click()
    deadline = time.monotonic() + 10
    while browser.all("body") in ([], [before]):
        assert time.monotonic() < deadline, f"nothing follows {text}"
        time.sleep(0.05)


# Rules

def test_rules_page_tries_saves_and_regroups(project, editor, browser, send):
    for number in range(12):
        send(error(f"Timeout{number}"))
    for region in ("eu", "us"):
        pool = send(error("Pool", transaction=f"GET /{region}"))
    path = f"/projects/{project.slug}/grouping/"
    photograph(browser, path, "rules-0")

    browser.resize(1280)
    browser.open(path)
    browser.one("textarea[name=fingerprint_rules]").send_keys("type:Timeout* -> timeout\ntype:Pool -> pool, {{ transaction }}")
    press(browser, "Try on stored events")
    assert "would be one issue" in browser.text and f"{pool['shortId']} would be several issues" in browser.text
    for width in (390, 1280):
        browser.resize(width)
        assert browser.overflow() == ""
    browser.screenshot("rules-forecast")
    press(browser, "Save and regroup issues")
    browser.wait_for("The rules are saved")

    # Issues move one after the other: on the way, three of them may stand there that are not yet these.
    eventually(
        lambda: sorted(issue["count"] for issue in editor.issues(project.slug)) == ["1", "1", "12"], "issues follow the rules")
    photograph(browser, path, "rules-2")
    assert "type:Timeout*" in browser.one("textarea").get_attribute("value")


def test_rules_page_names_mistakes(project, browser):
    browser.open(f"/projects/{project.slug}/grouping/")
    browser.one("textarea[name=stack_rules]").send_keys("family:python -app\nnonsense")

    press(browser, "Save")

    assert "line 2" in browser.one("[role=alert]").text
    assert browser.one("textarea[name=stack_rules]").get_attribute("value").endswith("nonsense")
    assert browser.overflow() == ""


# What an issue consists of

def test_an_issue_of_one_strand_has_nothing_to_take_apart(browser, send):
    photograph(browser, path_of(send(error("A")), "hashes/"), "hashes-1")

    assert len(browser.all(".strands > li")) == 1
    assert browser.all("input[type=checkbox]") == []


def test_what_is_ticked_becomes_an_issue(editor, browser, send):
    left = merged(editor, *[send(error(f"Error{letter}")) for letter in "ABCDE"])
    browser.open(path_of(left))
    browser.one(f"main a[href$='/issues/{left['shortId']}/hashes/']").click()
    browser.wait_for("Events find this issue by any of these hashes")
    photograph(browser, path_of(left, "hashes/"), "hashes-5")

    for label in browser.all(".strands label"):
        if label.text in ("ErrorB: went wrong", "ErrorD: went wrong"):
            label.click()
    press(browser, "Make an issue of what is ticked")

    assert browser.path != path_of(left, "hashes/")
    assert "2 events" in browser.text
    assert editor.get(issue_path(left))["count"] == "3"


def test_ticking_nothing_says_so(editor, browser, send):
    left = merged(editor, send(error("A")), send(error("B")))
    browser.open(path_of(left, "hashes/"))

    press(browser, "Make an issue of what is ticked")

    assert "was not found" in browser.one("h1").text
    assert editor.get(issue_path(left))["count"] == "2"


# What is alike

def test_an_issue_like_no_other_says_so(browser, send):
    photograph(browser, path_of(send(error("Lonely")), "similar/"), "similar-0")

    assert "looks like this one" in browser.text


def test_issues_that_are_alike_can_be_merged(editor, browser, send):
    walk = [f"step_{number}" for number in range(10)]
    issue = send(error("PoolError", functions=walk))
    others = [send(error("PoolError", functions=[*walk, f"end_{letter}"])) for letter in "abcdef"]
    eventually(lambda: len(editor.get(issue_path(issue) + "similar/")) == 6, "all are found")
    browser.open(path_of(issue))
    browser.one(f"main a[href$='/issues/{issue['shortId']}/similar/']").click()
    browser.wait_for("alike: frames")
    photograph(browser, path_of(issue, "similar/"), "similar-6")

    browser.all(".strands button")[0].click()
    browser.wait_for("2 events")

    assert sum(editor.request(issue_path(other)).status_code == 404 for other in [issue, *others]) == 1


# For everyone

@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_about_grouping_can_be_read_by_everyone(scheme, editor, project, browser, send):
    left = merged(editor, send(error("A")), send(error("B")))
    browser.prefer(scheme)
    for path in (path_of(left, "hashes/"), path_of(left, "similar/"), f"/projects/{project.slug}/grouping/"):
        browser.open(path)
        assert faint_text(browser) == [], path
        assert nameless_controls(browser) == [], path
