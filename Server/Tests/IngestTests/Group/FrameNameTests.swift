// What of functions, modules and files stays the same from build to build.

import Testing

@testable import Ingest

@Suite struct FrameNameTests {
    private func function(_ name: String, _ language: FrameLanguage) -> String {
        var out: [UInt8] = []
        var name = name
        name.withUTF8 { FunctionName.append($0.span, language, to: &out) }
        return String(decoding: out, as: UTF8.self)
    }

    @Test(arguments: [
        ("closure #1 in Cart.checkout(_:)", "closure in Cart.checkout"),
        (
            "closure #2 (Swift.Int) async throws -> () in closure #1 () -> () in Shop.Cart.pay<A>(_: A) -> ()",
            "closure in Shop.Cart.pay"
        ),
        ("static Shop.Cart.make(name: Swift.String) throws -> Shop.Cart", "static Shop.Cart.make"),
        ("Shop.Cart.init(name: Swift.String) -> Shop.Cart", "Shop.Cart.init"),
        ("Shop.Box<Swift.Array<Swift.Int>>.open<A where A: P>(A) -> ()", "Shop.Box.open"),
        ("generic specialization <Swift.Int, Shop.Cart> of Shop.total<A>(A) -> Swift.Int", "Shop.total"),
        (
            "function signature specialization <Arg[0] = Owned To Guaranteed> of Shop.Cart.pay() -> ()",
            "Shop.Cart.pay"
        ),
        ("(1) suspend resume partial function for Shop.Cart.load() async throws -> ()", "Shop.Cart.load"),
        (
            "(2) await resume partial function for closure #1 () async -> () in Shop.main() -> ()",
            "closure in Shop.main"
        ),
        (
            "partial apply forwarder for closure #1 () -> () in Shop.Cart.pay() -> ()",
            "closure in Shop.Cart.pay"
        ),
        ("protocol witness for Shop.Payable.pay() -> () in conformance Shop.Cart : Shop.Payable in Shop", ""),
        ("reabstraction thunk helper from @escaping () -> () to @escaping () -> ()", ""),
        ("@objc Shop.Cart.tap(sender: Any) -> ()", "Shop.Cart.tap"),
        ("merged Shop.Cart.total.getter : Swift.Int", "Shop.Cart.total.getter"),
        ("Shop.(secret in _0A1B2C3D4E5F60718293A4B5C6D7E8F9)(Swift.Int) -> ()", "Shop.secret"),
        ("(extension in Shop):Swift.Array.sum() -> Swift.Int", "Swift.Array.sum"),
        (
            "implicit closure #1 () throws -> Swift.Bool in Shop.Cart.isEmpty() -> Swift.Bool",
            "closure in Shop.Cart.isEmpty"
        ),
        ("$defer #1 () -> () in Shop.Cart.pay() -> ()", "defer in Shop.Cart.pay"),
        ("static Shop.Money.< infix(Shop.Money, Shop.Money) -> Swift.Bool", "static Shop.Money.<"),
        ("specialized Array.append(_:)", "Array.append"), ("main", "main"),
    ]) func `Swift functions are what the source calls them`(form: (String, String)) {
        #expect(function(form.0, .swift) == form.1)
    }

    @Test(arguments: [
        ("std::vector<int, std::allocator<int>>::at(unsigned long) const", "std::vector::at"),
        ("static int shop::Cart<T>::pay(int)", "shop::Cart::pay"),
        ("(anonymous namespace)::helper(char*)", "(anonymous namespace)::helper"),
        ("shop::operator<<(std::ostream&, Cart const&)", "shop::operator<<"),
        ("shop::run()::{lambda(int)#2}::operator()(int) const", "shop::run"),
        ("<lambda_0a1b2c3d>::operator()", "<>::operator()"),
        ("-[Cart payWith:]", "-[Cart payWith:]"),
        ("__42-[Cart pay]_block_invoke.17", "-[Cart pay]_block_invoke"),
        ("<redacted>", ""), ("0x00007fff6b2c", ""), ("sub_10a4f0", ""),
        ("_dispatch_pop$VARIANT$mp", "_dispatch_pop"),
        ("closure #1 in PreferenceBridge.update()", "closure in PreferenceBridge.update"),
        ("abccore::classref::InterfaceRef<T>::{dtor}", "abccore::classref::InterfaceRef::{dtor}"),
    ]) func `native functions lose arguments and numbers`(form: (String, String)) {
        #expect(function(form.0, .native) == form.1)
    }

    @Test(
        arguments: [
            ("shop::cart::pay::h0123456789abcdef", .rust, "shop::cart::pay"),
            ("<shop::Cart<T> as core::ops::Fn>::call", .rust, "<shop::Cart as core::ops::Fn>::call"),
            ("shop::run::{{closure}}", .rust, "shop::run::{{closure}}"),
            ("main.(*Server).handle.func1", .go, "main.(*Server).handle.func"),
            ("main.run.func2.1", .go, "main.run.func"), ("main.Map[...]", .go, "main.Map"),
            ("Foo.prototype.run", .javascript, "run"), ("Hub.<anonymous>", .javascript, ""),
            ("?", .javascript, ""),
            ("t.exports/<", .javascript, ""), ("async load", .javascript, "load"),
            ("Hub.mock [as captureException]", .javascript, "mock"),
            ("App\\Cart::pay", .php, "pay"), ("class@anonymous\u{0}/srv/a.php:12$0::run", .php, ""),
            (
                "Illuminate\\Pipeline\\Pipeline::Illuminate\\Pipeline\\{closure}", .php,
                "Illuminate\\Pipeline\\{closure}"
            ),
            ("{closure:App\\Jobs\\Mail::send():12}", .php, "{closure}"),
            ("block (2 levels) in call", .ruby, "block"),
            ("_app_views_cart_html_erb__123_456", .ruby, "_app_views_cart_html_erb"),
            ("lambda$pay$0", .java, ""), ("access$100", .java, "access$<auto>"),
            ("load$lambda$3", .java, "load$lambda"),
            ("<Run>b__12_0", .csharp, "<Run>b__"), ("Save[T](T item)", .csharp, "Save"),
            ("<<Invoke>g__AwaitTask|6_0>d", .csharp, "<<Invoke>g__AwaitTask|>d"),
            ("<lambda>", .python, "<lambda>"),
        ] as [(String, FrameLanguage, String)]) func `functions of other languages lose what is numbered`(
            form: (String, FrameLanguage, String)
        )
    {
        #expect(function(form.0, form.1) == form.2)
    }

    @Test(
        arguments: [
            ("com.shop.Cart$1", .java, "com.shop.Cart$<auto>"), ("com.shop.Cart$$Lambda$14/0x08", .java, ""),
            ("com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b", .java, "com.shop.Cart$$EnhancerBy<auto>"),
            (
                "jdk.internal.reflect.GeneratedMethodAccessor17", .java,
                "jdk.internal.reflect.GeneratedMethodAccessor<auto>"
            ),
            ("com.sun.proxy.$Proxy45", .java, "com.sun.proxy.$Proxy<auto>"),
            ("shop.cart$fn__1234", .java, "shop.cart$fn__<auto>"),
            ("Shop.Cart+<PayAsync>d__5", .csharp, "Shop.Cart+<PayAsync>d__"),
            ("System.Collections.Generic.List`1", .csharp, "System.Collections.Generic.List"),
            ("example.org/shop@v1.2.3/cart", .go, "example.org/shop/cart"),
            ("shop.views", .python, "shop.views"),
        ] as [(String, FrameLanguage, String)]) func `modules lose what is generated`(
            form: (String, FrameLanguage, String)
        )
    {
        var out: [UInt8] = []
        var name = form.0
        name.withUTF8 { ModuleName.append($0.span, form.1, to: &out) }

        #expect(String(decoding: out, as: UTF8.self) == form.2)
    }

    @Test(arguments: [
        ("/srv/app/Views.py", "views.py"), ("C:\\build\\Cart.cs", "cart.cs"), ("https://h.example/a.js", ""),
        ("<anonymous>", ""), ("[native code]", ""),
        ("app:///static/main.3f9a1b2c.chunk.js", "main.<hash>.chunk.js"),
        ("chunk-4fG7hJ9k.js", "chunk-<hash>.js"), ("1742.js", "<hash>.js"),
        ("vendors~main.js", "vendors~main.js"),
        ("jquery-3.min.js", "jquery-3.min.js"), ("base64.py", "base64.py"),
    ]) func `files are named without place and hash`(form: (String, String)) {
        var out: [UInt8] = []
        var path = form.0
        path.withUTF8 { FilePath.append($0.span, .javascript, to: &out) }

        #expect(String(decoding: out, as: UTF8.self) == form.1)
    }

    @Test func `names of any bytes are read to their end`() {
        let pieces = [
            "<", ">", "(", ")", "[", "]", "{", "}", " in ", "closure #", "$", "::", ".", "operator", "1", "a",
            "-", "$defer ",
        ]
        var generator = SeededGenerator(seed: 11)
        let languages: [FrameLanguage] = [
            .javascript, .java, .csharp, .php, .ruby, .go, .rust, .native, .swift,
        ]

        for _ in 0..<4000 {
            let name = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            for language in languages { #expect(function(name, language).utf8.count <= name.utf8.count * 8) }
        }
    }
}
