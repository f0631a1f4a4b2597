// User names in paths.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct HomeFolderTests {
    @Test(
        arguments: [
            ("/home/ada/shop/Sources/Shop/Cart.swift", "~/shop/Sources/Shop/Cart.swift"),
            ("/Users/ada/shop/.build/debug/Shop", "~/shop/.build/debug/Shop"), ("/home/ada", "/home/ada"),
            ("/app/Shop", "/app/Shop"), ("/root/shop/Shop", "/root/shop/Shop"), ("home/ada/x", "home/ada/x"),
            ("/usr/home/ada/x", "/usr/home/ada/x"), ("", ""), ("/home//x", "~/x"),
        ])
    func `a user's folder is written as a tilde`(path: String, hidden: String) {
        #expect(HomeFolder.hidden(in: path) == hidden)
    }
}

extension SDKTests {
    @Test func `no user name leaks in the paths of frames, nor in what is collected about the host`() throws {
        let own = try event { Flycatcher.capture(error: POSIXError(.EPERM)) }
        var event = Flycatcher.Event(level: .error)
        event.exceptions = [Flycatcher.ExceptionValue(type: "Own", value: nil)]
        var frame = Flycatcher.Frame(function: "f")
        frame.absolutePath = "/home/ada/shop/main.swift"
        event.exceptions[0].stackTrace = Flycatcher.StackTrace(frames: [frame])
        let set = try self.event { Flycatcher.capture(event: event) }

        let frames = own["exception"]["values"][0]["stacktrace"]["frames"].list
        #expect(!frames.isEmpty)
        for path in frames.flatMap({ [$0["abs_path"].text, $0["package"].text] }).compactMap({ $0 }) {
            #expect(!path.hasPrefix("/home/") && !path.hasPrefix("/Users/"))
        }
        for name in [NSUserName(), NSFullUserName()] where name.count > 4 {
            #expect(!"\(own["contexts"])".contains(name))
        }
        #expect(own["user"].isAbsent)
        // What the app has set itself stays as it is.
        let kept = set["exception"]["values"][0]["stacktrace"]["frames"][0]["abs_path"]
        #expect(kept.text == "/home/ada/shop/main.swift")
    }
}
