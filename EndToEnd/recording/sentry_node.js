// A request to a shop that fails, with its trace, its session and a file.
const http = require("http");
const Sentry = require("@sentry/node");

class OrderError extends Error {
  name = "OrderError";
}

Sentry.init({
  release: "shop@1.4.2", environment: "staging", serverName: "shop-1", dist: "7", sendDefaultPii: true,
  tracesSampleRate: 1, includeLocalVariables: true,
});
Sentry.setTag("tenant", "acme");

function priceOf(order, line) {
  return order.lines[line].price;
}

function save(order) {
  try {
    return priceOf(order, 3);
  } catch (cause) {
    throw new OrderError(`order ${order.id} has no such line`, { cause });
  }
}

function answer() {
  Sentry.setUser({ id: 9, email: "ada@shop.example", plan: "pro" });
  Sentry.setContext("basket", { items: 3, empty: {}, sum: 12.5 });
  Sentry.addBreadcrumb({ category: "query", message: "select 1", level: "debug", data: { rows: 1 } });
  console.warn("only %d left", 2);
  Sentry.startSpan({ name: "select price", op: "db.query", data: { "db.system": "sqlite" } }, () => 1);
  Sentry.getCurrentScope().addAttachment({ filename: "stock.csv", data: "sku,left\napple,3\n", contentType: "text/csv" });
  save({ id: 17, lines: [1, 2] });
}

function attempt(request, response) {
  try {
    answer();
  } catch (error) {
    Sentry.Handlers.errorHandler()(error, request, response, () => {
      response.statusCode = 500;
      response.end();
    });
  }
}

const shop = http.createServer((request, response) => {
  Sentry.Handlers.requestHandler()(request, response, () => {
    Sentry.Handlers.tracingHandler()(request, response, () => setImmediate(attempt, request, response));
  });
});

function close() {
  Sentry.close(2000).then(() => process.exit());
}

shop.listen(0, "127.0.0.1", () => {
  const request = http.get({
    host: "127.0.0.1", port: shop.address().port, path: "/orders/17?debug=1&debug=2",
    headers: {
      Host: "shop.example", Cookie: "basket=3",
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0",
    },
  });
  request.on("response", (response) => response.resume().on("end", () => setTimeout(close, 100)));
});
