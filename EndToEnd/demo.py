"""Sends a varied day of sample events to a running server, as `make demo`.

    demo.py [--data DIR] [--events N] [DSN]

Without a DSN, the first project of the data folder gets them.
"""

import argparse
import json
import random
import subprocess
import sys
import time
import uuid

import sentry_sdk
from sentry_sdk.transport import HttpTransport

from harness.server import REPOSITORY

DAY = 24 * 60 * 60
USERS = [{"id": f"u-{number}", "email": f"{name}@example.org", "ip_address": f"203.0.113.{number}"} for number, name in enumerate(
    "ada ben cem dia eva finn gül hana ivo jo kim lea mio nuri ola pia quin ruth sol tim".split(), start=10)]
RELEASES = ["shop@1.4.0", "shop@1.4.1", "shop@1.4.2"]
REGIONS = ["eu-west-1", "eu-west-1", "eu-west-1", "us-east-2", "ap-south-1"]
PAGES = ["/", "/cart", "/orders/17", "/search?q=apples", "/account", "/checkout"]


def frame(function: str, filename: str, line: int, code: str = "", in_app: bool = True, **more) -> dict:
    """A frame with the code around it."""
    context = {"pre_context": ["", "    # what came before"], "context_line": code, "post_context": ["", ""]} if code else {}
    path = filename if "://" in filename else f"/srv/{filename}"
    return {
        "function": function, "filename": filename, "abs_path": path, "lineno": line, "in_app": in_app, **context, **more}


def error(type: str, value: str, frames: list[dict], handled: bool = True, mechanism: str = "generic", module: str = "") -> dict:
    return {"type": type, "value": value, "module": module or None, "mechanism": {"type": mechanism, "handled": handled},
            "stacktrace": {"frames": frames}}


def crumbs(moment: float, dice: random.Random) -> dict:
    """What a user did in the seconds before."""
    steps = [
        {"type": "navigation", "category": "navigation", "data": {"from": dice.choice(PAGES), "to": dice.choice(PAGES)}},
        {"type": "http", "category": "http", "data": {"method": "GET", "url": "https://api.shop.example/cart", "status_code": 200}},
        {"category": "query", "message": "SELECT id, sku, quantity FROM lines WHERE cart_id = $1", "data": {"rows": dice.randrange(9)}},
        {"type": "http", "category": "http", "level": "warning",
         "data": {"method": "POST", "url": "https://pay.example/charge", "status_code": dice.choice([402, 500, 504])}},
    ]
    return {"values": [{"timestamp": moment - gap, **step} for gap, step in zip((9.1, 4.2, 1.9, 0.4), steps)]}


# The errors: each makes the platform, what went wrong, and what only this one has

def swift_order(dice):
    return {"platform": "native", "transaction": "POST /orders/:id", "exception": {"values": [
        error("PSQLError", "connection closed", [frame("PSQLConnection.query(_:)", "PostgresNIO/PSQLConnection.swift", 311, in_app=False)]),
        error("OrderError", f"saveFailed(id: {dice.randrange(1000)})", [
            frame("ServerBootstrap.run()", "NIOPosix/Bootstrap.swift", 512, in_app=False),
            frame("Router.respond(to:context:)", "Hummingbird/Router.swift", 88, in_app=False),
            frame("OrderController.create(_:)", "Sources/Shop/OrderController.swift", 21, "        let id = try await save(order)"),
            frame("OrderController.save(_:)", "Sources/Shop/OrderController.swift", 42, "        try await connection.query(insert)",
                  vars={"order": "Order(id: 17, lines: 2)", "attempt": "3"})],
            handled=False, mechanism="auto.http.hummingbird", module="Shop")]},
        "contexts": {"runtime": {"name": "Swift", "version": "6.3"}, "os": {"name": "Debian", "version": "12"}}}


def swift_crash(dice):
    return {"platform": "native", "level": "fatal", "exception": {"values": [error(
        "Fatal error", "Index out of range", [
            frame("main", "Sources/Worker/main.swift", 9, "try await Worker().run()"),
            frame("Worker.next()", "Sources/Worker/Worker.swift", 63, "        let job = queue[cursor]")],
        handled=False, mechanism="signalhandler")]}, "contexts": {"runtime": {"name": "Swift", "version": "6.3"}}}


def django_missing(dice):
    return {"platform": "python", "transaction": "/api/cart/{id}/", "exception": {"values": [error(
        "KeyError", f"'SKU-{dice.randrange(100_000):05}'", [
            frame("inner", "django/core/handlers/exception.py", 55, "response = get_response(request)", in_app=False),
            frame("_get_response", "django/core/handlers/base.py", 197, in_app=False),
            frame("cart", "shop/views.py", 71, "    prices = [table[line.sku] for line in cart.lines]",
                  vars={"cart": {"id": "'c-1177'", "lines": "3"}, "request": "<WSGIRequest: GET '/api/cart/7/'>"}),
            frame("<listcomp>", "shop/views.py", 71, "    prices = [table[line.sku] for line in cart.lines]")],
        handled=False, mechanism="django")]}, "modules": {"django": "5.2.1"},
        "contexts": {"runtime": {"name": "CPython", "version": "3.13.1"}}}


def python_timeout(dice):
    return {"platform": "python", "level": "warning", "logger": "shop.search", "exception": {"values": [error(
        "TimeoutError", f"search took longer than {dice.choice([2, 5])} s", [
            frame("search", "shop/search.py", 118, "    return client.query(text, timeout=limit)", vars={"text": "'apples'"})])]}}


def javascript_undefined(dice):
    host = "https://shop.example/static/app.3f9c.js"
    return {"platform": "javascript", "exception": {"values": [error(
        "TypeError", "Cannot read properties of undefined (reading 'total')", [
            frame("HTMLButtonElement.onclick", host, 1, in_app=True, colno=24011),
            frame("Basket.render", host, 1, in_app=True, colno=88123)],
        handled=False, mechanism="auto.browser.global_handlers.onerror")]},
        "request": {"url": "https://shop.example" + dice.choice(PAGES), "headers": {
            "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15"}}}


def java_null(dice):
    return {"platform": "java", "exception": {"values": [error(
        "NullPointerException", 'Cannot invoke "Invoice.total()" because "invoice" is null', [
            frame("run", "Thread.java", 840, in_app=False, module="java.lang.Thread"),
            frame("process", "InvoiceJob.java", 57, in_app=True, module="example.billing.InvoiceJob")], module="java.lang")]}}


def go_refused(dice):
    return {"platform": "go", "server_name": "mailer-1", "exception": {"values": [error(
        "*net.OpError", "dial tcp 10.0.3.7:25: connect: connection refused", [
            frame("main", "cmd/mailer/main.go", 31, "\tif err := run(ctx); err != nil {"),
            frame("(*Sender).deliver", "internal/mail/sender.go", 94, "\tconn, err := dialer.DialContext(ctx, \"tcp\", addr)")])]}}


def php_memory(dice):
    return {"platform": "php", "level": "fatal", "exception": {"values": [error(
        "Symfony\\Component\\ErrorHandler\\Error\\OutOfMemoryError", "Allowed memory size of 134217728 bytes exhausted", [
            frame("export", "src/Report/CsvExport.php", 212, "        $rows = $this->repository->findAll();")], handled=False)]}}


def slow_export(dice):
    return {"platform": "python", "level": "info", "logger": "export.nightly", "logentry": {
        "message": "export of %s rows took %s s", "params": [str(dice.randrange(10_000)), str(dice.randrange(60, 400))],
        "formatted": f"export of {dice.randrange(10_000)} rows took {dice.randrange(60, 400)} s"}}


def stock_low(dice):
    return {"platform": "ruby", "level": "warning", "message": "stock of apples is running low"}


KINDS = {  # and how often each happens
    swift_order: 30, django_missing: 24, javascript_undefined: 40, python_timeout: 12, stock_low: 6, java_null: 5, slow_export: 4,
    go_refused: 9, php_memory: 2, swift_crash: 3}


def moments(count: int, dice: random.Random) -> list[float]:
    """Times of the last day, oldest first: a calm night, busy hours, and a burst after the last deploy."""
    now = time.time()
    ages = [dice.betavariate(1.2, 2.2) * DAY for _ in range(count * 4 // 5)]
    ages += [3 * 3600 - dice.expovariate(1 / 1200) for _ in range(count - len(ages))]
    return sorted(now - min(max(age, 1), DAY) for age in ages)


def sample(moment: float, dice: random.Random) -> dict:
    kind = dice.choices(list(KINDS), KINDS.values())[0]
    details = kind(dice)
    age = time.time() - moment
    event = {
        "event_id": uuid.uuid4().hex, "timestamp": moment, "level": "error",
        "release": RELEASES[2 if age < 3 * 3600 else dice.randrange(2)],
        "environment": dice.choices(["production", "staging"], [9, 1])[0], "server_name": f"web-{dice.randrange(1, 4)}",
        "user": dice.choice(USERS), "tags": {"region": dice.choice(REGIONS), "plan": dice.choice(["free", "pro"])},
        "breadcrumbs": crumbs(moment, dice), "extra": {"cart": {"lines": dice.randrange(1, 9), "currency": "EUR"}}}
    event["request"] = {"method": dice.choice(["GET", "POST"]), "url": "https://shop.example" + dice.choice(PAGES),
                        "headers": {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}}
    return {**event, **details}


class CountingTransport(HttpTransport):
    """Counts what did not arrive, which the SDK keeps to itself."""

    losses = 0

    def on_dropped_event(self, reason):
        self.losses += 1


def first_dsn(data: str) -> str:
    """The DSN of the first project in a data folder."""
    command = [REPOSITORY / "Server/.build/release/flycatcher", "project", "list", "--data", data, "--json"]
    try:
        projects = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    except (OSError, subprocess.CalledProcessError) as problem:
        sys.exit(f"no projects found in {data}; start the server with make run, or give a DSN ({problem})")
    return projects[0]["dsn"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dsn", nargs="?")
    parser.add_argument("--data", default="flycatcher-data")
    parser.add_argument("--events", type=int, default=400)
    arguments = parser.parse_args()
    dsn = arguments.dsn or first_dsn(arguments.data)
    dice = random.Random()

    sentry_sdk.init(
        dsn, transport=CountingTransport, transport_queue_size=arguments.events + 1, send_default_pii=True,
        default_integrations=False, auto_enabling_integrations=False)
    for moment in moments(arguments.events, dice):
        sentry_sdk.capture_event(sample(moment, dice))
    sentry_sdk.flush(timeout=60)
    if losses := sentry_sdk.get_client().transport.losses:
        sys.exit(f"{losses} of {arguments.events} events were not taken by {dsn}: is the server running?")
    print(f"sent {arguments.events} events of {len(KINDS)} kinds to {dsn}")


if __name__ == "__main__":
    main()
