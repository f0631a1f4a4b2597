<?php
// A shop's job that fails, reported by the client for PHP before the present one.

require __DIR__.'/vendor/raven/lib/Raven/Autoloader.php';
Raven_Autoloader::register();

class OrderError extends RuntimeException
{
}

class Orders
{
    public function price(array $order): int
    {
        return intdiv($order['sum'], count($order['lines']));
    }

    public function save(array $order): void
    {
        try {
            $this->price($order);
        } catch (DivisionByZeroError $cause) {
            throw new OrderError("order {$order['id']} has no lines", 4, $cause);
        }
    }
}

$client = new Raven_Client(getenv('SENTRY_DSN'), [
    'release' => '1.4.2', 'environment' => 'staging', 'name' => 'shop-1', 'tags' => ['tenant' => 'acme'], 'app_path' => __DIR__,
]);
$client->user_context(['id' => 9, 'email' => 'ada@shop.example', 'plan' => 'pro']);
$client->extra_context(['attempt' => [1, ['deep' => null]]]);
$client->breadcrumbs->record(['category' => 'query', 'message' => 'select 1', 'level' => 'debug', 'data' => ['rows' => 1]]);
try {
    (new Orders())->save(['id' => 17, 'sum' => 12, 'lines' => []]);
} catch (OrderError $error) {
    $client->captureException($error);
}
