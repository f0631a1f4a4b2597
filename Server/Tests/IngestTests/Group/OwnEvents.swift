// Events of many platforms, made up for grouping tests: four bugs of one app each.

import Foundation
import Testing

/// One event with a name of its own.
struct SampleEvent: Sendable, CustomTestStringConvertible {
    let name: String
    let json: String

    var testDescription: String { name }
}

/// Bugs written down in short, and the events that SDKs would send of them.
enum OwnEvents {
    static let all: [SampleEvent] = bugs.flatMap { platform, bugs in
        bugs.enumerated().map { index, bug in event(platform, index, bug) }
    }

    /// `type: value`, then frames from the oldest call on: `place function`, in front `*` for the app's own.
    private static let bugs: [(platform: String, [String])] = [
        (
            "python",
            [
                "KeyError: 'sku'|django.core.handlers inner|*shop.views checkout|*shop.cart price",
                "ValueError: invalid literal for int() with base 10: 'x7'|flask.app dispatch|*shop.api parse|*shop.api read_id",
                "OperationalError: connection to 10.0.0.3 refused|*shop.jobs sync|sqlalchemy.engine connect|psycopg2 connect",
                "RecursionError: maximum recursion depth exceeded|*shop.tree walk|*shop.tree walk|*shop.tree visit",
            ]
        ),
        (
            "javascript",
            [
                "TypeError: Cannot read properties of undefined (reading 'price')|react-dom commit|*cart/total sum|*cart/row render",
                "TypeError: x is not a function|*cart/api load|*cart/api retry",
                "ChunkLoadError: Loading chunk 17 failed.|webpack require|*routes/lazy open",
                "RangeError: Invalid array length|*charts/axis ticks|*charts/axis layout",
            ]
        ),
        (
            "node",
            [
                "Error: connect ECONNREFUSED 127.0.0.1:5432|net TCPConnectWrap.afterConnect|*db/pool acquire|*db/pool open",
                "TypeError: Cannot destructure property 'id' of 'undefined'|express next|*routes/user get|*routes/user id",
                "SyntaxError: Unexpected token < in JSON at position 0|*clients/rates fetch|*clients/rates decode",
                "Error: ENOENT: no such file or directory, open '/tmp/a1b2c3d4e5/in.csv'|*imports/csv run|*imports/csv open",
            ]
        ),
        (
            "java",
            [
                "java.lang.NullPointerException: null|java.lang.Thread run|*com.shop.Cart total|*com.shop.Cart$1 apply",
                "java.lang.IllegalStateException: already paid|org.spring.Handler invoke|*com.shop.Pay charge|*com.shop.Pay guard",
                "java.sql.SQLException: deadlock found|*com.shop.Store save|com.zaxxer.Pool get|com.mysql.Driver exec",
                "java.lang.OutOfMemoryError: Java heap space|*com.shop.Report render|*com.shop.Report pages",
            ]
        ),
        (
            "kotlin",
            [
                "kotlin.UninitializedPropertyAccessException: lateinit property cart|kotlinx.Dispatch run|*shop.CartScreen onStart|*shop.CartScreen$load$1 invokeSuspend",
                "java.lang.IllegalArgumentException: bad state 3|android.app.Main loop|*shop.State next|*shop.State check",
                "java.net.SocketTimeoutException: timeout|*shop.Api get|okhttp3.Call execute",
                "android.os.NetworkOnMainThreadException: null|*shop.Home onCreate|*shop.Home sync",
            ]
        ),
        (
            "csharp",
            [
                "System.NullReferenceException: Object reference not set|Microsoft.Host Run|*Shop.Cart Total|*Shop.Cart+<PayAsync>d__5 MoveNext",
                "System.InvalidOperationException: Sequence contains no elements|System.Linq.Enumerable First|*Shop.Orders Latest|*Shop.Orders Pick",
                "System.TimeoutException: after 30s|*Shop.Client Send|System.Net.Http Send",
                "System.FormatException: bad date 2026-03-01|*Shop.Import Row|*Shop.Import Date",
            ]
        ),
        (
            "php",
            [
                "ErrorException: Undefined index: sku|*/srv/app/Http/Cart.php App\\Http\\Cart::show|*/srv/app/Price.php App\\Price::of",
                "PDOException: SQLSTATE[HY000] [2002] refused|*/srv/app/Db.php App\\Db::open|/srv/vendor/pdo.php PDO::__construct",
                "TypeError: Argument 1 must be int|*/srv/app/Math.php App\\Math::add|*/srv/app/Sum.php App\\Sum::run",
                "Twig\\Error: variable missing|/srv/vendor/twig.php Twig\\Env::render|*/srv/app/View.php App\\View::page",
            ]
        ),
        (
            "ruby",
            [
                "NoMethodError: undefined method `price' for nil|*app/models/cart.rb total|*app/models/cart.rb block in total",
                "ActiveRecord::RecordNotFound: Couldn't find User with 'id'=17|*app/controllers/users.rb show|gems/active_record.rb find",
                "Redis::TimeoutError: timed out|*app/jobs/mail.rb perform|gems/redis.rb call",
                "ZeroDivisionError: divided by 0|*app/models/rate.rb ratio|*app/models/rate.rb per_day",
            ]
        ),
        (
            "go",
            [
                "runtime.boundsError: index out of range [5] with length 3|net/http HandlerFunc.ServeHTTP|*shop/cart (*Cart).Item|*shop/cart at.func1",
                "*errors.errorString: sql: no rows|*shop/store Find|*shop/store (*Store).row",
                "*net.OpError: dial tcp 10.0.0.3:5432: refused|*shop/db Open|net Dial",
                "runtime.Error: nil pointer dereference|*shop/api serve|*shop/api (*Handler).user",
            ]
        ),
        (
            "rust",
            [
                "panic: called `Option::unwrap()` on a `None` value|std::rt lang_start|*shop::cart total|*shop::cart price",
                "ParseIntError: invalid digit found in string|*shop::api read|*shop::api id",
                "io::Error: No such file or directory (os error 2)|*shop::import run|std::fs open",
                "panic: index out of bounds: the len is 3 but the index is 5|*shop::rows at|*shop::rows pick",
            ]
        ),
        (
            "swift",
            [
                "CartError: emptyCart|Hummingbird Router.respond|*Shop Shop.Cart.checkout(_:)|*Shop closure #1 in Shop.Cart.pay()",
                "DecodingError: keyNotFound(sku)|*Shop Shop.Api.decode<A>(_:)|Foundation JSONDecoder.decode(_:from:)",
                "PostgresError: refused|*Shop Shop.Store.open()|*Shop static Shop.Store.make()",
                "Fatal error: Index out of range|*Shop Shop.Rows.subscript.getter|*Shop Shop.Rows.pick()",
            ]
        ),
        (
            "native",
            [
                "SIGSEGV: Segfault|libc start_thread|*shop shop::Cart::total(int)|*shop shop::Cart::price(Item const&)",
                "SIGABRT: Abort|*shop shop::check(bool)|libc abort",
                "std::bad_alloc: std::bad_alloc|*shop shop::Report::pages()|*shop shop::Page::Page()",
                "SIGFPE: divide by zero|*shop shop::rate(int, int)|*shop shop::per_day(int)",
            ]
        ),
        (
            "cocoa",
            [
                "NSRangeException: index 5 beyond bounds|UIKit -[UIApplication run]|*Shop -[CartView row:]|*Shop __20-[CartView load]_block_invoke.3",
                "NSInvalidArgumentException: unrecognized selector|*Shop -[Api get:]|CoreFoundation ___forwarding___",
                "EXC_BAD_ACCESS: KERN_INVALID_ADDRESS at 0x10|*Shop -[Store save]|libobjc objc_msgSend",
                "EXC_CRASH: watchdog|*Shop -[Home viewDidLoad]|*Shop -[Home sync]",
            ]
        ),
        (
            "elixir",
            [
                "KeyError: key :sku not found|Elixir.Plug call/2|*Elixir.Shop.Cart total/1|*Elixir.Shop.Cart price/1",
                "FunctionClauseError: no function clause matching|*Elixir.Shop.Api get/2|*Elixir.Shop.Api parse/1",
                "DBConnection.ConnectionError: timed out|*Elixir.Shop.Store all/0|Elixir.Ecto query/3",
                "ArithmeticError: bad argument|*Elixir.Shop.Rate ratio/2|*Elixir.Shop.Rate per_day/1",
            ]
        ),
    ]

    private static func event(_ platform: String, _ index: Int, _ bug: String) -> SampleEvent {
        let parts = bug.split(separator: "|").map(String.init)
        let colon = parts[0].range(of: ": ")
        let type = colon.map { String(parts[0][..<$0.lowerBound]) } ?? parts[0]
        let value = colon.map { String(parts[0][$0.upperBound...]) } ?? ""
        let frames = parts.dropFirst().enumerated().map { line, text in frame(text, line: line + 10) }
        let json = """
            {"platform":\(quoted(platform)),"event_id":"\(String(repeating: "ab", count: 16))",\
            "exception":{"values":[{"type":\(quoted(type)),"value":\(quoted(value)),\
            "stacktrace":{"frames":[\(frames.joined(separator: ","))]}}]}}
            """
        return SampleEvent(name: "own/\(platform)-\(index + 1)", json: json)
    }

    private static func frame(_ text: String, line: Int) -> String {
        let isOwn = text.hasPrefix("*") && !text.hasPrefix("*errors")
        let words = text.drop { $0 == "*" }.split(separator: " ", maxSplits: 1).map(String.init)
        let isFile = words[0].hasSuffix(".php") || words[0].hasSuffix(".rb")
        return """
            {"\(isFile ? "filename" : "module")":\(quoted(words[0])),"function":\(quoted(words[1])),\
            "lineno":\(line),"in_app":\(isOwn)}
            """
    }

    static func quoted(_ text: String) -> String {
        let escaped = text.flatMap { character -> [Character] in
            character == "\"" || character == "\\" ? ["\\", character] : [character]
        }
        return "\"\(String(escaped))\""
    }
}
