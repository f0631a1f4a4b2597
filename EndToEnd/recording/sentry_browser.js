// A shop's page in a real browser that fails when a button is pressed; this program serves it and opens it.
const { spawn } = require("child_process");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");

const page = `<!doctype html>
<title>Order 17</title>
<button id="pay" class="big primary">Pay</button>
<script src="/static/sentry.js"></script>
<script src="/static/shop.js"></script>
`;

/** Runs in the page. */
function shop(dsn) {
  Sentry.init({
    dsn, release: "shop@1.4.2", environment: "staging", sendDefaultPii: true, tracesSampleRate: 1,
    integrations: [Sentry.browserTracingIntegration({ finalTimeout: 2000, idleTimeout: 200 })],
  });
  Sentry.setUser({ id: 9, email: "ada@shop.example", plan: "pro" });
  Sentry.setTag("tenant", "acme");
  Sentry.setContext("basket", { items: 3, empty: {}, sum: 12.5 });
  Sentry.getCurrentScope().addAttachment({ filename: "basket.json", data: '{"apple":3}', contentType: "application/json" });

  function priceOf(order, line) {
    return order.lines[line].price;
  }

  function pay() {
    console.warn("only %d left", 2);
    history.pushState({}, "", "/orders/17/pay?step=1#card");
    Sentry.addBreadcrumb({ category: "basket", message: "3 apples", level: "debug", data: { sum: 12.5 } });
    priceOf({ id: 17, lines: [1, 2] }, 3);
  }

  async function visit() {
    await fetch("/api/stock?sku=apple").then((answer) => answer.text());
    await new Promise((resume) => setTimeout(resume, 600));
    document.querySelector("#pay").addEventListener("click", pay);
    document.querySelector("#pay").click();
    Sentry.captureMessage("the shelf is half empty", "warning");
    Sentry.captureFeedback({ name: "Ada", email: "ada@shop.example", message: "I cannot pay." });
    await new Promise((resume) => setTimeout(resume, 1500));
    await Sentry.flush(2000);
    navigator.sendBeacon("/done");
  }
  addEventListener("load", visit);
}

const files = {
  "/static/sentry.js": () => fs.readFileSync("node_modules/@sentry/browser/bundle.min.js"),
  "/static/shop.js": () => `${shop}\nshop(${JSON.stringify(process.env.SENTRY_DSN)});\n`,
  "/api/stock": () => "2",
};
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "browser-"));
let browser;
const server = http.createServer((request, response) => {
  const name = request.url.split("?")[0];
  if (name === "/done") browser.kill();
  const kind = name.endsWith(".js") ? "text/javascript" : name.startsWith("/orders") ? "text/html" : "text/plain";
  response.writeHead(name === "/api/stock" ? 404 : 200, { "Content-Type": kind });
  response.end(name.startsWith("/orders") ? page : files[name]?.() ?? "");
});
server.listen(0, "127.0.0.1", () => {
  const hosts = `MAP shop.example:80 127.0.0.1:${server.address().port}`;
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", `--user-data-dir=${profile}`, `--host-resolver-rules=${hosts}`];
  browser = spawn("chromium", [...flags, "http://shop.example/orders/17?debug=1#top"], { stdio: "ignore" });
  browser.on("exit", () => {
    fs.rmSync(profile, { recursive: true, force: true });
    process.exit();
  });
  setTimeout(() => browser.kill(), 30_000).unref();
});
