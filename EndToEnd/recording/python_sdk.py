"""A shop's job that fails: an error with a cause, breadcrumbs, tags, user, locals."""

import sentry_sdk


class OrderError(Exception):
    pass


def save(order):
    note = "x" * 3000
    try:
        return order["lines"][3]["price"]
    except IndexError as cause:
        raise OrderError(f"order {order['id']} has no such line, {len(note)}") from cause


sentry_sdk.init(release="shop@1.4.2", environment="staging", server_name="shop-1", dist="7")
sentry_sdk.set_tag("tenant", "acme")
sentry_sdk.set_user({"id": 9, "email": "ada@shop.example", "plan": "pro"})
sentry_sdk.set_context("basket", {"items": 3, "empty": {}, "sum": 12.5})
sentry_sdk.set_extra("attempt", [1, {"deep": {"deeper": {"deepest": [1]}}}])
sentry_sdk.add_breadcrumb(category="shop.stock", message="only 2 left", level="warning")
sentry_sdk.add_breadcrumb(category="query", message="select 1", level="debug", data={"rows": 1})
try:
    save({"id": 17, "lines": [1, 2]})
except OrderError:
    sentry_sdk.capture_exception()
sentry_sdk.flush()
