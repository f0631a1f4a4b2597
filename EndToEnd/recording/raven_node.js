// A request to a shop that fails, reported by the client for Node before the present one.
const http = require("http");
const Raven = require("raven");

Raven.config(process.env.SENTRY_DSN, {
  release: "1.4.2", environment: "staging", name: "shop-1", logger: "orders", tags: { tenant: "acme" },
  autoBreadcrumbs: { console: true },
}).install();

function priceOf(order, line) {
  return order.lines[line].price;
}

const shop = http.createServer((request, response) => {
  Raven.mergeContext({ user: { id: 9, email: "ada@shop.example", plan: "pro" } });
  Raven.captureBreadcrumb({ category: "query", message: "select 1", level: "debug", data: { rows: 1 } });
  console.warn("only %d left", 2);
  try {
    priceOf({ id: 17, lines: [1, 2] }, Number(request.url.match(/\d+/)[0]));
  } catch (error) {
    error.status = 500;
    Raven.captureException(error, { req: request, extra: { attempt: [1, { deep: null }] } }, () => process.exit());
  }
});
shop.listen(0, "127.0.0.1", () => {
  http.get({
    host: "127.0.0.1", port: shop.address().port, path: "/orders/17?debug=1",
    headers: { Host: "shop.example", Cookie: "basket=3", "User-Agent": "curl/8.4.0" },
  });
});
