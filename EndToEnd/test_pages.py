"""The pages in a real browser: what they show, at any width, in light and dark, with and without scripts."""

import http.client
import json
import time

import pytest

from harness.browser import Browser
from harness.pages import SCHEMES, assert_sound, faint_text, nameless_controls, photograph
from harness.wire import event, event_envelope, new_id, post

PASSWORD = "correct horse battery staple"


def frame(number: int, in_app: bool) -> dict:
    owner = "shop" if in_app else "framework"
    return {
        "function": f"{owner}_step_{number}", "module": f"{owner}.orders", "filename": f"{owner}/orders.py", "lineno": 40 + number,
        "in_app": in_app, "pre_context": ["def save(order):", "    row = lease()"], "context_line": f"    {owner}_line_{number}(order)",
        "post_context": ["    return row", ""], "vars": {"order": {"id": "17"}, "attempt": str(number)}}


def rich_event(**fields) -> dict:
    """An event with everything that an issue page can show."""
    now = time.time()
    frames = [frame(number, in_app=number in (2, 7)) for number in range(8)]
    return event(
        timestamp=now,
        exception={"values": [
            {"type": "PoolError", "value": "connection closed", "mechanism": {"type": "chained", "handled": True}},
            {"type": "OrderError", "value": "order 17 was not saved", "module": "shop.errors",
             "mechanism": {"type": "django", "handled": False}, "stacktrace": {"frames": frames}}]},
        breadcrumbs={"values": [
            {"timestamp": now - 4.2, "category": "http", "type": "http", "message": "GET /cart",
             "data": {"status_code": 200, "url": "https://shop.example/cart"}},
            {"timestamp": now - 0.4, "category": "payment", "level": "warning", "message": "card refused"}]},
        request={"method": "POST", "url": "https://shop.example/orders/17", "query_string": "debug=1",
                 "headers": {"User-Agent": "curl/8.5", "Accept": "text/html"}},
        user={"id": "u-9", "email": "jo@example.org"},
        contexts={"runtime": {"name": "CPython", "version": "3.13.1"}, "os": {"name": "Linux", "version": "6.1"}},
        extra={"cart": {"lines": 2, "voucher": "SPRING"}}, tags={"region": "eu-west-1", "tenant": "acme"},
        release="shop@1.4.2", environment="production", server_name="web-3", transaction="POST /orders/:id",
        sdk={"name": "sentry.python.django", "version": "2.75.0"}, **fields)


@pytest.fixture
def send(server, project, api):
    """Sends an event; the short id of its issue."""
    def send(sent: dict) -> str:
        answer = post(server.address, project.dsn, event_envelope(sent))
        assert answer.status == 200, answer.text
        return api.issue_of(sent["event_id"])["shortId"]
    return send


# Coming in

def test_pages_ask_for_signing_in(server, send):
    short_id = send(event())
    visitor = Browser(server.address)
    try:
        for path in ("/", "/issues/", f"/issues/{short_id}/", "/projects/"):
            visitor.open(path)
            assert visitor.all("input[type=password]"), path
            assert "ValueError" not in visitor.source
        photograph(visitor, "/issues/", "sign-in")
    finally:
        visitor.close()


def test_signing_in_with_a_password(server):
    made = server.run("user", "create", "pat@example.org", "--password-stdin", input=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    visitor = Browser(server.address)
    try:
        for password, comes_in in (("wrong", False), (PASSWORD, True)):
            visitor.open("/projects/")
            visitor.one("input[type=email], input[name=email]").send_keys("pat@example.org")
            visitor.one("input[type=password]").send_keys(password)
            visitor.one("main form button").click()
            time.sleep(0.5)
            assert (not visitor.all("input[type=password]")) == comes_in, visitor.text
        assert visitor.path == "/projects/"
    finally:
        visitor.close()


def test_sign_in_link_works_once(server):
    link = server.create_sign_in_link("kim@example.org")
    for works in (True, False):
        visitor = Browser(server.address)
        try:
            visitor.open(link)
            for button in visitor.all("main form button")[:1]:
                button.click()
            time.sleep(0.5)
            visitor.open("/issues/")
            assert (not visitor.all("input[type=password]")) == works
        finally:
            visitor.close()


# First run

def test_setup_page_turns_by_itself_when_the_first_event_arrives(server, browser):
    project = server.create_project("brand new")
    path = f"/projects/{project.slug}/setup/"

    browser.open(path)

    assert browser.path == path, browser.text
    assert str(project.dsn) in browser.text
    assert "sentry_sdk.init" in browser.text
    photograph(browser, path, "setup")
    browser.open(path)
    assert post(server.address, project.dsn, event_envelope(event())).status == 200
    browser.wait_for("The first event has arrived")
    browser.screenshot("setup-done")
    browser.one("main a[href*='/issues/']").click()
    browser.wait_for("ValueError")
    assert browser.path.startswith("/issues/")
    assert browser.complaints() == []


# The stream

def test_empty_stream_says_what_to_do(server, project, browser):
    photograph(browser, f"/issues/?project={project.slug}", "stream-0")

    assert browser.one("main h2").text
    assert browser.all("main a")


def test_stream_with_one_issue(project, browser, send):
    short_id = send(rich_event())

    photograph(browser, f"/issues/?project={project.slug}", "stream-1")

    for text in ("OrderError", "order 17 was not saved", short_id, "shop/orders.py:47", "UNHANDLED"):
        assert text in browser.text
    assert len(browser.all("table.stream tbody tr")) == 1


@pytest.fixture(scope="module")
def crowded(server, api):
    """A project with 10,000 issues."""
    project = server.create_project("crowded")
    target = f"/api/{project.dsn.project}/envelope/?sentry_key={project.dsn.key}"
    letters = "abcdefghij"
    client = http.client.HTTPConnection(project.dsn.host, project.dsn.port)
    begun = time.monotonic()
    for number in range(10_000):
        word = "".join(letters[int(digit)] for digit in f"{number:05}")
        sent = event(exception={"values": [{"type": f"Error{word}", "value": f"the {word} of {number}"}]}, timestamp=time.time() - number)
        client.request("POST", target, event_envelope(sent))
        answer = client.getresponse()
        assert (answer.status, answer.read()[:5]) == (200, b'{"id"')
    client.close()
    print(f"\n10,000 issues sent in {time.monotonic() - begun:.0f} s")
    return project


def test_stream_with_10000_issues(server, crowded, browser):
    path = f"/issues/?project={crowded.slug}"

    photograph(browser, path, "stream-10000")

    assert "10,000" in browser.text
    rows = browser.all("table.stream tbody tr")
    assert 20 <= len(rows) <= 100
    first = rows[0].text
    assert len(browser.source) < 100_000
    browser.one("a[rel=next]").click()
    browser.wait_until_elsewhere(path)
    assert browser.all("table.stream tbody tr")[0].text != first
    assert_sound(browser)


def test_stream_is_searched_by_text(crowded, browser):
    browser.open(f"/issues/?project={crowded.slug}&query=Errorabcde")

    (row,) = browser.all("table.stream tbody tr")
    assert "the abcde of 1234" in row.text


def test_stream_that_matches_nothing_says_so(crowded, browser):
    photograph(browser, f"/issues/?project={crowded.slug}&query=nosuchthing", "stream-no-match")

    assert browser.all("table.stream tbody tr") == []
    assert browser.one("main h2").text


# The issue

def test_issue_page_shows_everything(browser, send):
    short_id = send(rich_event())

    photograph(browser, f"/issues/{short_id}/", "issue")

    browser.resize(1280)
    assert short_id in browser.text
    for text in (
            "OrderError", "order 17 was not saved", "PoolError", "connection closed", "shop_step_7", "shop_line_7(order)", "attempt",
            "card refused", "GET /cart", "payment", "https://shop.example/orders/17", "debug", "curl/8.5", "u-9", "CPython", "3.13.1",
            "SPRING", "eu-west-1", "shop@1.4.2", "production", "web-3", "sentry.python.django"):
        assert text in browser.text, text


def test_newest_own_frame_is_open_and_system_frames_are_folded(browser, send):
    browser.open(f"/issues/{send(rich_event())}/")

    visible = browser.text
    assert "shop_line_7(order)" in visible
    assert "framework_line_3(order)" not in visible
    assert "framework_line_3(order)" in browser.source


def test_issue_page_without_scripts(browser, send):
    short_id = send(rich_event())
    browser.without_scripts()
    try:
        browser.open(f"/issues/{short_id}/")
        assert "shop_line_7(order)" in browser.text
        assert "card refused" in browser.text
        browser.screenshot("issue-without-scripts")
    finally:
        browser.without_scripts(False)


def test_events_of_an_issue_can_be_walked(browser, send):
    ids = [new_id() for _ in range(3)]
    for number, event_id in enumerate(ids):
        short_id = send(rich_event(event_id=event_id, dist=str(number)) | {"timestamp": time.time() - 60 + number})

    browser.open(f"/issues/{short_id}/events/{ids[1]}/")

    targets = {link.get_attribute("href") for link in browser.all(f"a[href*='/issues/{short_id}/']")}
    assert any(ids[0] in target for target in targets), targets
    assert any(ids[2] in target or target.endswith(f"/issues/{short_id}/") for target in targets), targets
    assert "2 of 3" in browser.text


def test_raw_event_is_one_click_away(browser, send):
    sent = rich_event()
    browser.open(f"/issues/{send(sent)}/")

    link = next(link for link in browser.all("a") if "json" in (link.get_attribute("href") or "").lower())
    link.click()
    browser.wait_for(sent["event_id"])


HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\"'`{{title}}"


def test_hostile_text_stays_text(browser, send, project):
    dressed = json.loads(json.dumps(rich_event(), default=str).replace("shop", HOSTILE.replace("\\", "\\\\").replace('"', '\\"')))
    dressed |= {
        "event_id": new_id(), "exception": {"values": [{"type": HOSTILE, "value": HOSTILE, "stacktrace": {"frames": [
            {"function": HOSTILE, "filename": HOSTILE, "context_line": HOSTILE, "in_app": True, "vars": {HOSTILE: HOSTILE}}]}}]},
        "tags": {"region": HOSTILE[:60]}, "extra": {HOSTILE: {HOSTILE: HOSTILE}}, "user": {"id": HOSTILE, "email": HOSTILE},
        "breadcrumbs": {"values": [{"message": HOSTILE, "category": HOSTILE, "data": {HOSTILE: HOSTILE}}]},
        "request": {"url": "javascript:alert(1)", "method": HOSTILE, "headers": {"Referer": "javascript:alert(1)", HOSTILE: HOSTILE}},
        "contexts": {"os": {"name": HOSTILE}, "own": {HOSTILE: HOSTILE}}, "release": HOSTILE[:60].replace("/", ""),
        "server_name": HOSTILE, "transaction": HOSTILE, "sdk": {"name": HOSTILE, "version": HOSTILE}}
    short_id = send(dressed)

    for path in (f"/issues/{short_id}/", f"/issues/?project={project.slug}", f"/issues/?query={HOSTILE}"):
        browser.open(path)
        assert browser.driver.title != "owned"
        assert browser.all("img[src=x]") == []
        assert browser.all("a[href^='javascript:']") == []
        assert_sound(browser)
    browser.screenshot("issue-hostile")


LONG = "Very" * 200
AWKWARD = {
    "nothing": {"exception": None},
    "only a message": {"exception": None, "message": "a plain message"},
    "a message of one long word": {"exception": None, "message": LONG},
    "a long type and value": {"exception": {"values": [{"type": LONG[:250], "value": LONG * 5}]}},
    "a value of many lines": {"exception": {"values": [{"type": "E", "value": "line\n" * 200}]}},
    "no frames": {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": []}}]}},
    "250 frames": {"exception": {"values": [{"type": "E", "value": "v", "stacktrace": {"frames": [
        frame(number, in_app=number % 3 == 0) for number in range(250)]}}]}},
    "20 exceptions": {"exception": {"values": [{"type": f"E{number}", "value": "v"} for number in range(20)]}},
    "frames with addresses only": {"exception": {"values": [{"type": "SIGSEGV", "stacktrace": {"frames": [
        {"instruction_addr": hex(0x55D0C1A2F010 + number), "package": "/app/Shop"} for number in range(9)]}}]}},
    "100 breadcrumbs": {"breadcrumbs": {"values": [{"message": f"step {number} " + "x" * 300} for number in range(100)]}},
    "wide characters": {"exception": {"values": [{"type": "錯誤", "value": "データベース接続が閉じられました 🦅 " * 20}]}},
    "right to left": {"exception": {"values": [{"type": "خطأ", "value": "تعذر حفظ الطلب"}]}},
    "long tags": {"tags": {f"tag-{number}": "v" * 190 for number in range(30)}},
    "a long extra": {"extra": {"a" * 100: {"deep": [[[["x" * 2000]]]]}}},
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_event_has_a_page_that_fits(name, project, browser, send):
    short_id = send(event(**AWKWARD[name]))

    for path in (f"/issues/{short_id}/", f"/issues/?project={project.slug}"):
        for width in (390, 1280):
            browser.resize(width)
            browser.open(path)
            assert browser.one("h1")
            assert_sound(browser)
    browser.screenshot("issue-" + name.replace(" ", "-"))


@pytest.mark.parametrize("path", ["/issues/FLY-ZZZZ/", "/issues/nonsense/", "/nowhere/", "/projects/nonsense/", "/issues/FLY-1/events/nonsense/"])
def test_what_is_not_there_is_a_page_too(path, browser):
    browser.open(path)

    assert browser.one("h1").text
    assert browser.all("a[href*='issues']")
    assert browser.overflow() == ""


# For everyone

@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read(scheme, browser, send):
    """Contrast of every piece of text is at least 4.5 to 1 (3 to 1 when it is large)."""
    browser.prefer(scheme)
    browser.open(f"/issues/{send(rich_event())}/")

    assert faint_text(browser) == []


def test_every_control_has_a_name(browser, send):
    for path in (f"/issues/{send(rich_event())}/", "/issues/", "/projects/"):
        browser.open(path)
        assert nameless_controls(browser) == []
