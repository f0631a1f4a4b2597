// A shop's job that fails in many ways at once, reported by the present client for Node without OpenTelemetry.
const Sentry = require("@sentry/node-core/light");

Sentry.init({
  release: "shop@1.4.2", environment: "staging", serverName: "shop-1", enableLogs: true,
  integrations: [Sentry.extraErrorDataIntegration({ depth: 3 })],
});
Sentry.setUser({ id: 9, email: "ada@shop.example", plan: "pro" });
Sentry.setTags({ tenant: "acme", retry: 2, urgent: true });
Sentry.setExtra("attempt", [1, { deep: { deeper: { deepest: [1] } } }]);
Sentry.addBreadcrumb({ category: "query", message: "select 1", level: "debug", data: { rows: 1 } });

class Shelf {
  async refill(goods) {
    await null;
    const results = await Promise.allSettled(goods.map(async (good) => this.order(good)));
    throw new AggregateError(results.map((result) => result.reason), "the shelf stays empty");
  }

  order(good) {
    const fault = new RangeError(`no ${good} left`);
    fault.sku = { name: good, shelf: 4 };
    throw fault;
  }
}

async function main() {
  Sentry.logger.warn("the shelf is half empty", { shelf: 4 });
  Sentry.captureCheckIn({ monitorSlug: "nightly-refill", status: "error", duration: 1.5 });
  Sentry.captureFeedback({ name: "Ada", email: "ada@shop.example", message: "The apples are gone." });
  await new Shelf().refill(["apple", "pear"]);
}

main().catch(async (error) => {
  const captureContext = { fingerprint: ["{{ default }}", "shelf"] };
  Sentry.captureException(error, { captureContext, mechanism: { type: "cron", handled: false } });
  await Sentry.close(2000);
});
