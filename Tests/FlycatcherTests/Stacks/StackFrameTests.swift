// What is told about a frame: its module, its file, whose code it is.

import Testing

@testable import Flycatcher

@Suite struct StackFrameTests {
    @Test(
        arguments: [
            ("$s4Shop6OrdersV4loadyyF", "Shop"), ("$sSS4ShopE7trimmedSSyF", "Shop"),
            ("$ss5ClockPsE7measurey", "Swift"),
            ("$sSayxGSTsST", "Swift"), ("_$s4Shop1fyyF", "Shop"), ("main", nil), ("_start", nil),
            ("$s99Shop", nil),
            ("$s", nil), ("", nil),
        ] as [(String, String?)])
    func `the module is read from a mangled name`(symbol: String, module: String?) {
        #expect(SymbolModule.name(ofSymbol: symbol) == module)
    }

    @Test(arguments: [
        ("/home/me/shop/Sources/Shop/Orders.swift", "Sources/Shop/Orders.swift"),
        ("/b/Sources/x/.build/checkouts/y/Sources/Y/Z.swift", "Sources/Y/Z.swift"),
        ("/tmp/main.swift", "main.swift"), ("main.swift", "main.swift"), ("", ""),
    ])
    func `a file's name is the same on every machine`(path: String, filename: String) {
        #expect(SourcePath.relative(path) == filename)
    }

    @Test(
        arguments: [
            ("Shop", "shop", nil, true), ("Swift", "shop", nil, false), ("NIOCore", "shop", nil, false),
            ("Shop", "libShop.so", nil, false), (nil, "shop", nil, false), (nil, "libc.so.6", nil, false),
            (nil, "shop", "/home/me/shop/Sources/shop/main.swift", true),
            ("Yams", "shop", "/x/.build/checkouts/Yams/Sources/Yams/Y.swift", false),
            ("Mine", "libMine.so", nil, true),
            ("Theirs", "shop", nil, false),
        ] as [(String?, String, String?, Bool)])
    func `the app's own code is told from that of libraries`(
        module: String?, package: String, path: String?, isInApp: Bool
    ) throws {
        var options = Flycatcher.Options()
        options.transport = Flycatcher.RecordingTransport()
        options.inAppInclude = ["Mine"]
        options.inAppExclude = ["Theirs"]
        let rule = InAppRule(try #require(Settings(options, Variables([:]))))
        var frame = Flycatcher.Frame(function: "f", module: module)
        frame.package = package
        frame.absolutePath = path

        #expect(rule.isInApp(frame) == isInApp)
    }
}
