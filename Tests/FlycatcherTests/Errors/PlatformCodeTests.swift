// Which numbers of the platform an error is known by, and what else Foundation's errors carry.

import Foundation
import Testing

@testable import Flycatcher

@Suite struct PlatformCodeTests {
    @Test(
        arguments: [
            POSIXError(.ENOENT), NSError(domain: NSPOSIXErrorDomain, code: 2), Errno(rawValue: 2),
            IOError(errnoCode: 2),
            Stored(errno: 2),
        ] as [any Error])
    func `an error that holds a number of the system says it with its name`(error: any Error) {
        #expect(PlatformCodes.of(error) == ["errno": ["number": 2, "name": "ENOENT"]])
    }

    @Test(arguments: [Unrelated(code: 2), Case.code(2)] as [any Error])
    func `any other number is not taken for one`(error: any Error) {
        #expect(PlatformCodes.of(error).isEmpty)
    }

    @Test func `a number that the system does not know is told without a name`() {
        #expect(PlatformCodes.of(Errno(rawValue: 99_999)) == ["errno": ["number": 99_999]])
    }

    @Test func `user info is reported by domain, without secrets and causes`() {
        let root = NSError(
            domain: "root", code: 1, userInfo: ["attempt": 3, "when": Date(timeIntervalSince1970: 0)])
        let error = NSError(
            domain: "org.example", code: 4,
            userInfo: [
                NSLocalizedDescriptionKey: "words", NSUnderlyingErrorKey: root, "apiToken": "t0k3n",
                "URL": URL(fileURLWithPath: "/a"), "list": [1, "two"],
            ])

        let info = ErrorReport(error).extra["user_info"]

        #expect(
            info == [
                "org.example": ["apiToken": "[Filtered]", "URL": "file:///a", "list": [1, "two"]],
                "root": ["attempt": 3, "when": "1970-01-01T00:00:00.000000Z"],
            ])
    }

    @Test func `an error of Swift brings no user info`() {
        #expect(ErrorReport(Unrelated(code: 1)).extra.isEmpty)
        #expect(ErrorReport(CancellationError()).extra.isEmpty)
    }

    /// Has the shape of the type in swift-system.
    private struct Errno: Error {
        let rawValue: CInt
    }

    /// Has the shape of the type in swift-nio.
    private struct IOError: Swift.Error {
        enum Error { case errno(CInt) }
        private var failureDescription = "connection reset"
        private let error: Error

        init(errnoCode: CInt) { error = .errno(errnoCode) }
    }

    private struct Stored: Error {
        var errno: CInt
    }

    private struct Unrelated: Error {
        var code: CInt
    }

    private enum Case: Error {
        case code(CInt)
    }
}
