# A shop's job that fails, reported by the present client for Ruby.
require "sentry-ruby"

Sentry.init do |config|
  config.dsn = ENV["SENTRY_DSN"]
  config.release = "shop@1.4.2"
  config.environment = "staging"
  config.server_name = "shop-1"
  config.background_worker_threads = 0
  config.breadcrumbs_logger = [:sentry_logger]
end
Sentry.set_user(id: 9, email: "ada@shop.example")
Sentry.set_tags(tenant: "acme")
Sentry.add_breadcrumb(Sentry::Breadcrumb.new(category: "query", message: "select 1", level: "debug"))

def save(order)
  order.fetch(:lines).fetch(3)
end

begin
  save({ id: 17, lines: [1, 2] })
rescue IndexError => error
  Sentry.capture_exception(error)
end
