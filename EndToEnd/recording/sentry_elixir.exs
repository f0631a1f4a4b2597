# A shop's job that fails: breadcrumbs, tags, user, extra, request, a file, a check-in.
defmodule Shop.Client do
  @behaviour Sentry.HTTPClient

  @impl true
  def post(url, headers, body) do
    headers = for {name, value} <- headers, do: {String.to_charlist(name), String.to_charlist(value)}
    request = {String.to_charlist(url), headers, 'application/x-sentry-envelope', body}
    {:ok, {{_, status, _}, headers, body}} = :httpc.request(:post, request, [], body_format: :binary)
    {:ok, status, for({name, value} <- headers, do: {to_string(name), to_string(value)}), body}
  end
end

defmodule Shop.OrderError do
  defexception [:message]
end

defmodule Shop.Orders do
  def price(order, line), do: Enum.fetch!(order.lines, line)

  def save(order) do
    price(order, 3)
  rescue
    Enum.OutOfBoundsError -> reraise Shop.OrderError, "order #{order.id} has no such line", __STACKTRACE__
  end
end

{:ok, _} = Application.ensure_all_started(:inets)

for {name, value} <- [
      dsn: System.fetch_env!("SENTRY_DSN"), release: "shop@1.4.2", environment_name: "staging",
      server_name: "shop-1", client: Shop.Client, json_library: Jason, tags: %{tenant: "acme"},
      in_app_module_allow_list: [Shop]
    ],
    do: Application.put_env(:sentry, name, value)

{:ok, _} = Application.ensure_all_started(:sentry)

Sentry.Context.set_user_context(%{id: 9, email: "ada@shop.example", plan: "pro"})
Sentry.Context.set_extra_context(%{attempt: [1, %{deep: %{deeper: nil}}]})

Sentry.Context.set_request_context(%{
  method: "POST", url: "http://shop.example/orders/17", query_string: "debug=1", data: %{coupon: "none"},
  headers: %{"User-Agent" => "curl/8.4.0"}, cookies: %{basket: "3"}, env: %{"REMOTE_ADDR" => "203.0.113.7"}
})

Sentry.Context.add_breadcrumb(category: "query", message: "select 1", level: :debug, data: %{rows: 1})
Sentry.Context.add_attachment(%Sentry.Attachment{filename: "stock.csv", data: "sku,left\napple,3\n", content_type: "text/csv"})

try do
  Shop.Orders.save(%{id: 17, lines: [1, 2]})
rescue
  error -> Sentry.capture_exception(error, stacktrace: __STACKTRACE__, handled: false, result: :sync)
end

Sentry.capture_check_in(status: :error, monitor_slug: "nightly-export", duration: 2)
