"""A request to a Flask shop that fails."""

import flask
import sentry_sdk

sentry_sdk.init(release="shop@1.4.2", server_name="shop-1", send_default_pii=True, max_request_body_size="always")
shop = flask.Flask("shop")


@shop.post("/orders/<number>")
def order(number):
    return flask.request.json["lines"][int(number)]


shop.test_client().post(
    "/orders/17?debug=1&debug=2", json={"lines": [], "coupon": None},
    headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0", "Cookie": "basket=3"})
sentry_sdk.flush()
