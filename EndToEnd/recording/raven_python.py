"""What the client before sentry-sdk sent: interfaces by their old names, tags and extra as they came."""

import os

from raven import Client, breadcrumbs
from raven.transport.http import HTTPTransport

client = Client(os.environ["SENTRY_DSN"], transport=HTTPTransport, release="1.4.2", environment="staging", name="shop-1")
client.user_context({"id": 9, "username": "ada"})
client.http_context({
    "url": "http://shop.example/orders/17?debug=1", "method": "get", "query_string": "debug=1", "data": {"lines": "0"},
    "headers": {"User-Agent": "curl/8.4.0", "Cookie": "basket=3"}, "env": {"REMOTE_ADDR": "203.0.113.7"}})
breadcrumbs.record(message="select 1", category="query", level="debug", data={"rows": 1})
try:
    [].pop()
except IndexError:
    client.captureException(tags={"tenant": "acme", "try": 2}, extra={"order": 17, "lines": ()})
