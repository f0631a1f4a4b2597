<?php
// A request to a shop that fails; started as a program it serves itself, and asks itself once.

use Sentry\State\Scope;

if (PHP_SAPI === 'cli') {
    $socket = stream_socket_server('tcp://127.0.0.1:0');
    $address = stream_socket_get_name($socket, false);
    fclose($socket);
    $server = proc_open([PHP_BINARY, '-S', $address, __FILE__], [], $pipes);
    while (!($connection = @stream_socket_client("tcp://$address"))) {
        usleep(20000);
    }
    $body = '{"lines": [], "coupon": null}';
    fwrite($connection, implode("\r\n", [
        'POST /orders/17?debug=1&debug=2 HTTP/1.1', 'Host: shop.example', 'Cookie: basket=3', 'Connection: close',
        'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0',
        'Content-Type: application/json', 'Content-Length: '.strlen($body), '', $body,
    ]));
    stream_get_contents($connection);
    proc_terminate($server);
    exit;
}

require __DIR__.'/vendor/autoload.php';

class OrderError extends RuntimeException
{
}

class Orders
{
    public function price(array $order, int $line): int
    {
        return intdiv($order['sum'], count($order['lines']));
    }

    public function save(array $order): void
    {
        try {
            $this->price($order, 3);
        } catch (DivisionByZeroError $cause) {
            throw new OrderError("order {$order['id']} has no such line", 4, $cause);
        }
    }
}

Sentry\init([
    'dsn' => getenv('SENTRY_DSN'), 'release' => 'shop@1.4.2', 'environment' => 'staging', 'server_name' => 'shop-1',
    'send_default_pii' => true, 'max_request_body_size' => 'always', 'traces_sample_rate' => 1.0, 'enable_logs' => true,
]);
$name = $_SERVER['REQUEST_METHOD'].' /orders/{id}';
$transaction = Sentry\startTransaction(Sentry\Tracing\TransactionContext::make()
    ->setName($name)->setOp('http.server')->setSource(Sentry\Tracing\TransactionSource::route()));
Sentry\SentrySdk::getCurrentHub()->setSpan($transaction);
Sentry\configureScope(function (Scope $scope): void {
    $scope->setUser(['id' => 9, 'email' => 'ada@shop.example', 'plan' => 'pro']);
    $scope->setTag('tenant', 'acme');
    $scope->setContext('basket', ['items' => 3, 'empty' => [], 'sum' => 12.5]);
    $scope->setExtra('attempt', [1, ['deep' => ['deeper' => ['deepest' => [1]]]]]);
});
Sentry\addBreadcrumb(new Sentry\Breadcrumb('debug', 'default', 'query', 'select 1', ['rows' => 1]));
Sentry\trace(fn () => 1, Sentry\Tracing\SpanContext::make()->setOp('db.query')->setDescription('select price'));
Sentry\logger()->warn('the shelf is half empty', attributes: ['shelf' => 4]);
register_shutdown_function(function () use ($transaction): void {
    $transaction->setHttpStatus(500);
    $transaction->finish();
    Sentry\logger()->flush();
});
(new Orders())->save(['id' => 17, 'sum' => 12, 'lines' => []]);
