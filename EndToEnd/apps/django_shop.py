"""A Django app of one file, with the views of the well-known tutorial.

    SENTRY_DSN=… PORT=… django_shop.py
"""

import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
import sentry_sdk
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

last_id = ""


def remember(event, hint):
    global last_id
    last_id = event["event_id"]
    return event


def unhandled(request):
    order = {"id": 17, "lines": []}
    return HttpResponse(order["lines"][0])


def handled(request):
    try:
        1 / 0
    except ZeroDivisionError as error:
        sentry_sdk.capture_exception(error)
    return HttpResponse("handled")


def message(request):
    sentry_sdk.capture_message("something went not quite as planned")
    return HttpResponse("message")


def last_event(request):
    """The id of the event that was sent last, once it is sent."""
    sentry_sdk.flush()
    return HttpResponse(last_id)


urlpatterns = [
    path("unhandled", unhandled),
    path("handled", handled),
    path("message", message),
    path("last-event", last_event),
]


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    sentry_sdk.init(
        release="django-shop@2.0.1", environment="tutorial", send_default_pii=True, before_send=remember)
    settings.configure(
        DEBUG=False, SECRET_KEY="only for tests", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[],
        LOGGING_CONFIG=None)
    django.setup()
    with make_server("127.0.0.1", int(os.environ["PORT"]), get_wsgi_application(), handler_class=QuietHandler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
