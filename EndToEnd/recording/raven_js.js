// A shop's page that fails, reported by the client for browsers before the present one; Node plays the browser.
const http = require("http");

global.window = global;
global.document = {
  location: { href: "https://shop.example/orders/17?debug=1#top" }, referrer: "https://shop.example/",
  createEvent: () => ({ initEvent() {} }), dispatchEvent() {},
};
Object.defineProperty(global, "navigator", {
  value: { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0" }, configurable: true,
});
const Raven = require("/usr/share/nodejs/raven-js");

function send(options) {
  const query = Object.entries(options.auth).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const address = new URL(`${options.url}?${query}`);
  const request = http.request(address, { method: "POST" }, () => process.exit(0));
  const body = Buffer.from(JSON.stringify(options.data));
  request.setHeader("Content-Length", body.length);
  request.end(body);
}

Raven.config(process.env.SENTRY_DSN.replace(/:[0-9a-f]{32}@/, "@"), {
  release: "1.4.2", environment: "staging", transport: send,
});
Raven.setUserContext({ id: 9, email: "ada@shop.example" });
Raven.setTagsContext({ tenant: "acme" });
Raven.captureBreadcrumb({ category: "query", message: "select 1", level: "debug" });

function save(order) {
  return order.lines[3].price;
}

try {
  save({ id: 17, lines: [1, 2] });
} catch (error) {
  Raven.captureException(error, { extra: { order: 17 } });
}
