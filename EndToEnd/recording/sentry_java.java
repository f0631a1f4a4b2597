// A shop's job that fails: an uncaught error with a cause, breadcrumbs, tags, user, other threads, a trace.
package shop;

import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.protocol.User;
import java.util.List;
import java.util.Map;

class Shop {
  public static void main(String[] arguments) throws InterruptedException {
    Sentry.init(options -> {
      options.setDsn(System.getenv("SENTRY_DSN"));
      options.setRelease("shop@1.4.2");
      options.setEnvironment("staging");
      options.setServerName("shop-1");
      options.setDist("7");
      options.setTracesSampleRate(1.0);
      options.setAttachThreads(true);
      options.addInAppInclude("shop");
      options.getLogs().setEnabled(true);
    });
    Sentry.startSession();
    Sentry.configureScope(scope -> {
      User user = new User();
      user.setId("9");
      user.setEmail("ada@shop.example");
      user.setData(Map.of("plan", "pro"));
      scope.setUser(user);
      scope.setTag("tenant", "acme");
      scope.setContexts("basket", Map.of("items", 3, "empty", Map.of(), "sum", 12.5));
      scope.setExtra("attempt", "1");
      scope.addAttachment(new Attachment("sku,left\napple,3\n".getBytes(), "stock.csv", "text/csv"));
    });
    Breadcrumb query = new Breadcrumb("select 1");
    query.setCategory("query");
    query.setLevel(SentryLevel.DEBUG);
    query.setData("rows", 1);
    Sentry.addBreadcrumb(query);
    var transaction = Sentry.startTransaction("save the order", "task");
    transaction.startChild("db.query", "select price").finish();
    transaction.finish();
    Sentry.logger().warn("the shelf is half empty");
    Thread worker = new Thread(() -> new Orders().save(17, List.of(1, 2)), "orders-1");
    worker.start();
    worker.join();
    Sentry.close();
  }
}

class OrderException extends RuntimeException {
  OrderException(String message, Throwable cause) {
    super(message, cause);
  }
}

class Orders {
  int price(List<Integer> lines, int line) {
    return lines.get(line);
  }

  void save(int id, List<Integer> lines) {
    try {
      price(lines, 3);
    } catch (IndexOutOfBoundsException cause) {
      throw new OrderException("order " + id + " has no such line", cause);
    }
  }
}
