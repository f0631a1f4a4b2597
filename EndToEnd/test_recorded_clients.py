"""What real clients sent, from the fixtures of the pipeline's tests: stored, named and shown as their users know it."""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from harness.api import ORGANIZATION
from harness.server import REPOSITORY
from harness.wire import auth, compact, post

FIXTURES = REPOSITORY / "Server/Tests/IngestTests/Fixtures"
PRICE = "Cannot read properties of undefined (reading 'price')"


@dataclass(frozen=True)
class Expected:
    """The name of a client's issue, where it happened, what sent it, and words of its page."""

    title: str
    culprit: str
    sdk: str
    words: tuple[str, ...]
    files: tuple[str, ...] = ()


CLIENTS = {
    "python-sdk": Expected(
        "OrderError: order 17 has no such line, 3000", "__main__ in save", "sentry.python.django 2.75.0",
        ("IndexError: list index out of range", "only 2 left", "tenant acme", "CPython 3.11")),
    "python-flask": Expected(
        "IndexError: list index out of range", "order", "sentry.python.django 2.75.0",
        ("POST http://localhost/orders/17", "Firefox 135.0", "unhandled · caught by flask")),
    "python-django": Expected(
        "TemplateSyntaxError: 'missing_tags' is not a registered tag library. Must be one of:", "/orders/{number}/",
        "sentry.python.django 2.75.0", ("unhandled · caught by django",)),
    "raven-python": Expected(
        "IndexError: pop from empty list", "__main__ in <module>", "raven-python 6.10.0",
        ("GET http://shop.example/orders/17", "curl 8.4.0", "username ada")),
    "sentry-ruby": Expected(
        "IndexError: index 3 outside of array bounds: -2...2", "sentry_ruby.rb in fetch", "sentry.ruby 5.3.0",
        ("order.fetch(:lines).fetch(3)", "select 1")),
    "raven-ruby": Expected(
        "IndexError: index 3 outside of array bounds: -2...2", "raven_ruby.rb in fetch", "raven-ruby 3.1.2",
        ("order.fetch(:lines).fetch(3)",)),
    "sentry-go": Expected(
        "*fmt.wrapError: order 17: nothing left", "main in main", "sentry.go 0.11.0", ("sentry_go.go:",)),
    "raven-go": Expected("*errors.errorString: nothing left", "main.main", "raven-go 1.0", ("raven_go.go:16",)),
    "raven-js": Expected(
        f"TypeError: {PRICE}", "/srv/shop/raven_js.js", "raven-js 3.22.1", ("Firefox 135.0", "raven_js.js:31:25")),
    "raven-node": Expected(
        f"TypeError: {PRICE}", "raven_node at priceOf", "raven-node 2.6.2",
        ("GET http://shop.example/orders/17", "only 2 left", "return order.lines[line].price;", "basket")),
    "sentry-browser": Expected(
        f"TypeError: {PRICE}", "/orders/17/pay", "sentry.javascript.browser 10.63.0",
        ("unhandled", "HTMLButtonElement.pay", "GET /api/stock?sku=apple → 404", "body > button#pay.big.primary",
         "/orders/17?debug=1#top → /orders/17/pay?step=1#card", "HeadlessChrome 156.0.0", "os.name Linux"),
        ("basket.json",)),
    "sentry-node": Expected(
        "OrderError: order 17 has no such line", "GET /orders/17", "sentry.javascript.node 7.120.0",
        (f"TypeError: {PRICE}", "mechanism middleware", "Debian 12.11", "node v20.20.2",
         "GET http://shop.example/orders/17"), ("stock.csv",)),
    "sentry-node-light": Expected(
        "RangeError: no apple left", "sentry_node_light in Shelf.order", "sentry.javascript.node-light 10.63.0",
        ("unhandled · caught by cron", "mechanism cron", "AggregateError: the shelf stays empty",
         "RangeError: no pear left", "(anonymous)")),
    "raven-php": Expected(
        "OrderError: order 17 has no lines", "raven_php.php in save", "sentry-php 1.11.0",
        ("DivisionByZeroError: Division by zero", "{main}", "php 8.2.36")),
    "sentry-elixir": Expected(
        "Shop.OrderError: order 17 has no such line", "Enum.fetch!/2", "sentry-elixir 13.5.0",
        ("unhandled", "sentry_elixir.exs:22", "POST http://shop.example/orders/17", "curl 8.4.0"), ("stock.csv",)),
    "sentry-rack": Expected(
        "OrderError: order 17 has no such line", "POST /orders/:id", "sentry.ruby 6.6.2",
        ("IndexError: index 3 outside of array bounds: -2...2", "rescue in save", "unhandled · caught by rack",
         "POST http://shop.example/orders/17", "coupon none"), ("stock.csv",)),
    "sentry-go-http": Expected(
        "runtime.boundsError: runtime error: index out of range [3] with length 2", "main in priceOf",
        "sentry.go.http 0.29.1", ("sentry_go_http.go:21", "go go1.19.8", "POST http://shop.example/orders/17")),
    "sentry-native": Expected(
        "SIGSEGV: Segfault", "", "sentry.native 0.16.3",
        ("unhandled · caught by signalhandler", "shop +0x1240", "libc.so.6 +0x", "Registers", "Linux 6.18.44"),
        ("stock.csv",)),
    "sentry-php": Expected(
        "OrderError: order 17 has no such line", "/sentry_php.php in Orders::save", "sentry.php 4.29.0",
        ("DivisionByZeroError: Division by zero", "{main}", "php 8.2.36", "Firefox 135.0", "coupon")),
    "sentry-java": Expected(
        "OrderException: order 17 has no such line", "shop.Orders in save", "sentry.java 8.53.0",
        ("IndexOutOfBoundsException: Index: 3 Size: 2", "Orders.save", "unhandled · caught by UncaughtExceptionHandler",
         "10 threads"), ("stock.csv",)),
}
# What clients called themselves in requests whose events do not.
NAMES = {"raven-go": "raven-go/1.0", "raven-js": "raven-js/3.22.1", "raven-node": "raven-node/2.6.2"}
# Endings of fixtures that hold something else than an event.
KINDS = ("-transaction", "-feedback", "-session", "-sessions", "-check_in", "-log")


def is_event(file: Path) -> bool:
    return file.suffix in (".envelope", ".store") and not file.stem.endswith(KINDS)


def send(server, project, file: Path) -> str | None:
    """Sends a fixture to a project of ours; the id of its event."""
    body, endpoint = file.read_bytes(), file.suffix.removeprefix(".")
    headers = auth(project.dsn.key, sentry_client=NAMES.get(file.stem, "recorded/1.0"))
    headers["Content-Type"] = "application/octet-stream"
    if endpoint == "envelope":
        line, _, rest = body.partition(b"\n")
        body = compact({**json.loads(line), "dsn": project.dsn.text}) + b"\n" + rest
    answer = post(server.address, project.dsn, body, headers, endpoint)
    assert answer.status == 200, f"{file.name}: {answer.status} {answer.text}"
    return answer.json().get("id")


@pytest.fixture(scope="module")
def told(server, api):
    """By client: its project, and the id of its event."""
    found = {}
    for file in filter(is_event, sorted(FIXTURES.iterdir())):
        project = server.create_project(file.stem)
        found[file.stem] = project, send(server, project, file)
        for kind in KINDS:
            for other in FIXTURES.glob(f"{file.stem}{kind}.envelope"):
                send(server, project, other)
    assert found.keys() == CLIENTS.keys()
    return found


@pytest.fixture(scope="module")
def visitor(chromium):
    """Somebody who is signed in and needs no browser."""
    session = requests.Session()
    for cookie in chromium.driver.get_cookies():
        session.cookies.set(cookie["name"], cookie["value"])
    return session


def words(page: str) -> str:
    """The text of a page, in one line."""
    for tag in (r"<(script|style).*?</\1>", r"</?b>"):
        page = re.sub(tag, "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.parametrize("client", CLIENTS)
def test_what_a_client_sent_is_named_and_shown_as_its_users_know_it(server, api, told, visitor, client):
    project, event_id = told[client]
    expected = CLIENTS[client]
    (issue,) = api.issues(project.slug)

    page = visitor.get(f"{server.address}/issues/{issue['shortId']}/", timeout=10)

    assert (issue["title"], issue["culprit"]) == (expected.title, expected.culprit)
    text = words(page.text)
    parts = (*expected.title.partition(": ")[::2], expected.culprit, expected.sdk, *expected.words)
    assert [part for part in (*parts, *expected.files) if part not in text] == []
    found = api.get(f"/projects/{ORGANIZATION}/{project.slug}/events/{event_id}/attachments/")
    assert [file["name"] for file in found] == list(expected.files)


def test_sessions_of_clients_end_as_they_said(api, told):
    states = ("sessions", "errored", "crashed")
    ended = {
        client: [sum(hour[state] for hour in read(api, told, client, "sessions")) for state in states]
        for client in CLIENTS}

    assert {client: counts for client, counts in ended.items() if counts[0]} == {
        "sentry-browser": [1, 0, 0], "sentry-node": [1, 0, 1], "sentry-node-light": [1, 0, 1], "sentry-java": [1, 0, 1],
        "sentry-rack": [1, 1, 0], "sentry-native": [2, 0, 1]}


@pytest.mark.parametrize(("fixture", "kind", "name"), [
    ("sentry-browser-transaction", "transaction", "/orders/17"),
    ("sentry-node-transaction", "transaction", "GET /orders/17"),
    ("sentry-php-transaction", "transaction", "POST /orders/{id}"),
    ("sentry-java-transaction", "transaction", "save the order"),
    ("sentry-rack-transaction", "transaction", "POST /orders/:id"),
    ("sentry-go-http-transaction", "transaction", "POST /orders/17"),
    ("sentry-node-light-log", "logs", "the shelf is half empty"),
    ("sentry-php-log", "logs", "the shelf is half empty"),
    ("sentry-java-log", "logs", "the shelf is half empty"),
    ("sentry-rack-log", "logs", "the shelf is half empty"),
])
def test_traces_and_logs_of_clients_are_found(api, told, fixture, kind, name):
    trace = re.search(rb'"trace_id": ?"([0-9a-f]{32})"', (FIXTURES / f"{fixture}.envelope").read_bytes())[1].decode()

    parts = read(api, told, fixture.rpartition("-")[0], f"trace/{trace}")

    assert name in [part["name"] for part in parts if part["kind"] == kind]


def test_words_of_users_and_check_ins_of_clients_are_there(api, told):
    said = {
        client: [feedback["comments"] for feedback in read(api, told, client, "user-feedback")]
        for client in ("sentry-browser", "sentry-node-light")}
    runs = {
        client: [(monitor["slug"], monitor["status"]) for monitor in api.get(
            f"/organizations/{ORGANIZATION}/monitors/", project=told[client][0].slug)]
        for client in ("sentry-node-light", "sentry-rack", "sentry-go-http", "sentry-elixir")}

    assert said == {"sentry-browser": ["I cannot pay."], "sentry-node-light": ["The apples are gone."]}
    assert runs == {
        "sentry-node-light": [("nightly-refill", "error")], "sentry-rack": [("nightly-export", "error")],
        "sentry-go-http": [("nightly-export", "error")], "sentry-elixir": [("nightly-export", "error")]}


def read(api, told, client: str, part: str):
    """What the web API has of the project of a client."""
    return api.get(f"/projects/{ORGANIZATION}/{told[client][0].slug}/{part}/")
