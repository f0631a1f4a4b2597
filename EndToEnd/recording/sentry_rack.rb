# A request to a Rack shop that fails, with its trace, its session, a log and a check-in.
require "rack"
require "rack/mock"
require "sentry-ruby"

Sentry.init do |config|
  config.dsn = ENV["SENTRY_DSN"]
  config.release = "shop@1.4.2"
  config.environment = "staging"
  config.server_name = "shop-1"
  config.send_default_pii = true
  config.include_local_variables = true
  config.traces_sample_rate = 1.0
  config.enable_logs = true
  config.background_worker_threads = 0
  config.sdk_logger = Logger.new(File::NULL)
end

class OrderError < StandardError; end

def price_of(order, line)
  order.fetch(:lines).fetch(line)
end

def save(order)
  price_of(order, 3)
rescue IndexError
  raise OrderError, "order #{order[:id]} has no such line"
end

shop = lambda do |env|
  Sentry.get_current_scope.set_transaction_name("POST /orders/:id", source: :route)
  Sentry.set_user(id: 9, email: "ada@shop.example", plan: "pro")
  Sentry.set_tags(tenant: "acme")
  Sentry.set_context("basket", { items: 3, empty: {}, sum: 12.5 })
  Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: "query", message: "select 1", level: "debug", data: { rows: 1 }))
  Sentry.add_attachment(filename: "stock.csv", bytes: "sku,left\napple,3\n", content_type: "text/csv")
  Sentry.with_child_span(op: "db.query", description: "select price") { 1 }
  Sentry.logger.warn("the shelf is %{state}", state: "half empty")
  save(id: 17, lines: [1, 2])
end

begin
  Rack::MockRequest.new(Sentry::Rack::CaptureExceptions.new(shop)).post(
    "http://shop.example/orders/17?debug=1&debug=2",
    :input => "coupon=none", "HTTP_COOKIE" => "basket=3", "REMOTE_ADDR" => "203.0.113.7",
    "HTTP_USER_AGENT" => "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0")
rescue OrderError
  Sentry.capture_check_in("nightly-export", :error, duration: 2)
end
Sentry.close
