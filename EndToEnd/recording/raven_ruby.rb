# A shop's job that fails, reported by the client for Ruby before the present one.
require "raven"

Raven.configure do |config|
  config.dsn = ENV["SENTRY_DSN"]
  config.release = "1.4.2"
  config.current_environment = "staging"
  config.server_name = "shop-1"
  config.environments = []
  config.silence_ready = true
end
Raven.user_context(id: 9, email: "ada@shop.example")
Raven.tags_context(tenant: "acme")
Raven.breadcrumbs.record { |crumb| crumb.category = "query"; crumb.message = "select 1" }

def save(order)
  order.fetch(:lines).fetch(3)
end

begin
  save({ id: 17, lines: [1, 2] })
rescue IndexError => error
  Raven.capture_exception(error, extra: { order: 17 })
end
