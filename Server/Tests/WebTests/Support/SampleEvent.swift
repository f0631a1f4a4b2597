// An event that has a bit of everything.

enum SampleEvent {
    static let json = #"""
        {"event_id": "00000000000000000000000000000007", "platform": "python", "level": "error",
         "timestamp": 1772359080.0, "received": 1772359080.4, "release": "shop@1.4.2", "environment": "production",
         "server_name": "web-3", "logger": "django.request", "transaction": "/orders/{id}",
         "exception": {"values": [
          {"type": "OperationalError", "value": "connection closed", "module": "psycopg",
           "mechanism": {"type": "chained", "handled": false, "source": "__cause__", "exception_id": 1, "parent_id": 0},
           "stacktrace": {"frames": [
            {"function": "insert", "filename": "shop/db.py", "lineno": 31, "in_app": true,
             "pre_context": ["def insert(order):", "    with pool.lease() as connection:"],
             "context_line": "        connection.execute(INSERT, order)", "post_context": ["    return order.id"]},
            {"function": "execute", "filename": "psycopg/connection.py", "module": "psycopg.connection",
             "lineno": 803, "in_app": false}]}},
          {"type": "OrderError", "value": "saveFailed(id: 17):\n  connection closed", "module": "shop.errors",
           "mechanism": {"type": "django", "handled": false, "exception_id": 0},
           "stacktrace": {"frames": [
            {"function": "inner", "filename": "django/core/handlers/exception.py", "module": "django.core.handlers.exception",
             "abs_path": "/venv/lib/python3.13/site-packages/django/core/handlers/exception.py", "lineno": 42, "in_app": false},
            {"function": "_get_response", "filename": "django/core/handlers/base.py", "module": "django.core.handlers.base",
             "lineno": 197, "in_app": false},
            {"function": "OrderView.post", "filename": "shop/views.py", "module": "shop.views", "lineno": 21, "in_app": true,
             "context_line": "        return self.save(order)", "vars": {"order": "<Order 17>"}},
            {"function": "wrapper", "filename": "shop_tools/retry.py", "module": "shop_tools.retry", "lineno": 9, "in_app": false},
            {"function": "OrderView.save", "filename": "shop/views.py", "module": "shop.views", "lineno": 42, "colno": 13, "in_app": true,
             "abs_path": "/srv/shop/views.py",
             "pre_context": ["    def save(self, order):", "        try:", "            return db.insert(order)"],
             "context_line": "        except OperationalError as error:",
             "post_context": ["            raise OrderError(order.id) from error", ""],
             "vars": {"self": "<shop.views.OrderView object>", "order": {"id": 17, "items": ["a", "b"], "paid": false},
                      "error": "OperationalError('connection closed')"}}]}}]},
         "logentry": {"formatted": "saving order 17 failed", "message": "saving order %s failed", "params": ["17"]},
         "breadcrumbs": {"values": [
          {"timestamp": 1772359075.8, "type": "http", "category": "httplib",
           "data": {"method": "GET", "url": "https://shop.example/cart", "status_code": 200, "reason": "OK"}},
          {"timestamp": "2026-03-01T09:57:58.100Z", "category": "log", "level": "warning", "message": "reserving 2 items"},
          {"timestamp": 1772359079.6, "type": "query", "category": "query", "message": "INSERT INTO orders VALUES ($1, $2)",
           "data": {"db.system": "postgresql"}}]},
         "request": {"method": "POST", "url": "https://shop.example/orders/17", "query_string": "debug=1&q=a%20b",
          "headers": [["User-Agent", "curl/8.5"], ["Authorization", "[Filtered]"], ["Content-Type", "application/json"]],
          "cookies": {"session": "[Filtered]"}, "data": {"items": [1, 2], "note": "it's urgent"},
          "env": {"REMOTE_ADDR": "203.0.113.7", "SERVER_NAME": "web-3"}},
         "user": {"id": "u-9", "email": "kim@example.org", "ip_address": "203.0.113.7", "geo": {"city": "Lyon"}},
         "contexts": {"runtime": {"type": "runtime", "name": "CPython", "version": "3.13.1"},
          "os": {"type": "os", "name": "Linux", "version": "6.8"}, "flags": {"values": [{"flag": "fast-cart", "result": true}]},
          "trace": {"trace_id": "d4cda95b652f4a1592b449d5929fda1b", "span_id": "6e0c63257de34c92", "op": "http.server"}},
         "tags": [["region", "eu-west-1"], ["plan", "pro"]],
         "extra": {"cart": {"total": 12.5, "lines": [{"sku": "a-1"}]}, "attempt": 3},
         "threads": {"values": [{"id": 1, "name": "MainThread", "crashed": true, "current": true},
          {"id": 2, "name": "worker", "stacktrace": {"frames": [{"function": "wait", "filename": "threading.py", "lineno": 5}]}}]},
         "modules": {"django": "5.2", "psycopg": "3.2.1", "sentry-sdk": "2.40.0"},
         "sdk": {"name": "sentry.python.django", "version": "2.40.0", "integrations": ["django", "logging"]},
         "errors": [{"type": "invalid_data", "name": "dist", "value": "a b"}],
         "_meta": {"request": {"headers": {"1": {"1": {"": {"rem": [["@password:filter", "s", 0, 10]], "len": 24}}}}}},
         "some_future_field": {"a": 1}}
        """#
}
