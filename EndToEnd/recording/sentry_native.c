// A shop's program that crashes; what it leaves is sent by the next run.
#include <sentry.h>
#include <string.h>

struct order {
    int id;
    int *lines;
};

__attribute__((noinline)) static int price_of(struct order *order, int line) {
    return order->lines[line] + 1;
}

__attribute__((noinline)) static int save(struct order *order) {
    return price_of(order, 3) + 1;
}

static void describe(void) {
    sentry_value_t user = sentry_value_new_object();
    sentry_value_set_by_key(user, "id", sentry_value_new_string("9"));
    sentry_value_set_by_key(user, "email", sentry_value_new_string("ada@shop.example"));
    sentry_set_user(user);
    sentry_set_tag("tenant", "acme");
    sentry_value_t basket = sentry_value_new_object();
    sentry_value_set_by_key(basket, "items", sentry_value_new_int32(3));
    sentry_set_context("basket", basket);
    sentry_value_t crumb = sentry_value_new_breadcrumb(NULL, "select 1");
    sentry_value_set_by_key(crumb, "category", sentry_value_new_string("query"));
    sentry_add_breadcrumb(crumb);
}

int main(int count, char **arguments) {
    sentry_options_t *options = sentry_options_new();
    sentry_options_set_database_path(options, "native.data");
    sentry_options_set_release(options, "shop@1.4.2");
    sentry_options_set_environment(options, "staging");
    sentry_options_add_attachment(options, "stock.csv");
    sentry_init(options);
    if (count > 1 && strcmp(arguments[1], "crash") == 0) {
        describe();
        struct order order = {17, NULL};
        return save(&order);
    }
    sentry_close();
    return 0;
}
