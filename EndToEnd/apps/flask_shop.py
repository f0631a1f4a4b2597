"""A Flask app of one file that fails in a few ways.

    SENTRY_DSN=… PORT=… flask_shop.py
"""

import os
from wsgiref.simple_server import WSGIRequestHandler, make_server

import sentry_sdk
from flask import Flask, abort

app = Flask(__name__)
last_id = ""


def remember(event, hint):
    global last_id
    last_id = event["event_id"]
    return event


@app.get("/orders/<int:number>")
def order(number):
    prices = {"apple": 3}
    return str(prices["pear"] * number)


@app.get("/missing")
def missing():
    abort(404)


@app.get("/last-event")
def last_event():
    """The id of the event that was sent last, once it is sent."""
    sentry_sdk.flush()
    return last_id


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


if __name__ == "__main__":
    sentry_sdk.init(release="flask-shop@0.9", environment="tutorial", before_send=remember)
    with make_server("127.0.0.1", int(os.environ["PORT"]), app, handler_class=QuietHandler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()
