"""Captures one thing with the real sentry-sdk and prints the ids of the events it sent.

    SENTRY_DSN=… capture.py SCENARIO
"""

import logging
import sys

import sentry_sdk


class StockError(Exception):
    """What the shop raises when nothing is left."""


def reserve(sku: str, quantity: int):
    shelf = {"apple": 3}
    if shelf.get(sku, 0) < quantity:
        raise StockError(f"only {shelf.get(sku, 0)} of {sku} left")


def caught():
    """A caught exception, captured without an argument."""
    try:
        reserve("apple", 4)
    except StockError:
        sentry_sdk.capture_exception()


def caught_with_argument():
    try:
        reserve("pear", 1)
    except StockError as error:
        sentry_sdk.capture_exception(error)


def chained():
    try:
        try:
            {}["pear"]
        except KeyError as missing:
            raise StockError("no such article") from missing
    except StockError as error:
        sentry_sdk.capture_exception(error)


def message():
    sentry_sdk.capture_message("stock is running low", level="warning")


def custom_event():
    sentry_sdk.capture_event({
        "message": "nightly export finished late",
        "level": "info",
        "logger": "export.nightly",
        "fingerprint": ["nightly-export"],
        "contexts": {"export": {"rows": 1200, "target": "warehouse"}},
    })


def breadcrumbs():
    sentry_sdk.add_breadcrumb(category="cart", message="added two apples", level="info", data={"sku": "apple", "quantity": 2})
    sentry_sdk.add_breadcrumb(category="payment", message="card refused", level="warning", type="http")
    logging.getLogger("shop").warning("retrying the payment")
    caught()


def scope_data():
    sentry_sdk.set_tag("tenant", "acme")
    sentry_sdk.set_tag("attempt", 3)
    sentry_sdk.set_extra("cart", {"lines": [{"sku": "apple", "quantity": 4}]})
    sentry_sdk.set_user({"id": "u-9", "email": "jo@example.org", "username": "jo"})
    sentry_sdk.set_context("deployment", {"colour": "green", "replicas": 3})
    caught()


def nested_scopes():
    sentry_sdk.set_tag("layer", "outer")
    sentry_sdk.set_tag("kept", "yes")
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("layer", "inner")
        scope.set_level("fatal")
        sentry_sdk.capture_message("inside")
    sentry_sdk.capture_message("outside")


def same_twice():
    caught()
    caught()


def failure(sku: str) -> StockError:
    try:
        reserve(sku, 9)
    except StockError as error:
        return error


def check_out(error: StockError):
    sentry_sdk.capture_exception(error)


def restock(error: StockError):
    sentry_sdk.capture_exception(error)


def call_sites():
    """One error that is reported in two places, and another that is reported in one of them."""
    check_out(failure("apple"))
    restock(failure("apple"))
    try:
        raise StockError("closed")
    except StockError as error:
        check_out(error)


def logged():
    """An error that only the logging integration sees."""
    try:
        reserve("apple", 9)
    except StockError:
        logging.getLogger("shop.checkout").exception("checkout of %s failed", "cart 17")


def unhandled():
    reserve("apple", 5)


SCENARIOS = [
    caught, caught_with_argument, chained, message, custom_event, breadcrumbs, scope_data, nested_scopes, same_twice,
    call_sites, logged, unhandled]


def announce(event, hint):
    print(event["event_id"], flush=True)
    return event


if __name__ == "__main__":
    sentry_sdk.init(release="shop@1.4.2", environment="staging", before_send=announce)
    {scenario.__name__: scenario for scenario in SCENARIOS}[sys.argv[1]]()
    sentry_sdk.flush()
