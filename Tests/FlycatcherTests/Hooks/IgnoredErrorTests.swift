// Errors that nobody wants to hear of.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct IgnoredErrors {
        let sdk = SDKTests()

        /// What is sent of four errors and a message, and what is told about the others.
        private func sent(
            ignoring patterns: [Flycatcher.ErrorPattern]
        ) throws -> (values: [String?], losses: [String: Int]) {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.ignoreErrors = patterns
            } _: {
                Flycatcher.capture(error: ShopError.closed)
                Flycatcher.capture(error: ShopError.soldOut(item: "lamp"))
                Flycatcher.capture(error: Timeout())
                Flycatcher.capture(error: SlowTimeout())
            }
            return (try server.payloads(of: "event").values, try server.losses)
        }

        @Test func `errors of a type in the list are dropped and reported as event_processor`() throws {
            let result = try sent(ignoring: [.type(ShopError.self)])

            #expect(result.values.count == 2)
            #expect(result.losses == ["event_processor error": 2])
        }

        @Test func `a type in the list stands for its subclasses too`() throws {
            #expect(
                try sent(ignoring: [.type(Timeout.self)]).values == ["closed", "soldOut(item: \"lamp\")"])
            #expect(try sent(ignoring: [.type(SlowTimeout.self)]).values.count == 3)
        }

        @Test func `errors that say something in the list are dropped`() throws {
            #expect(try sent(ignoring: ["soldOut"]).values.count == 3)
            #expect(try sent(ignoring: ["ShopError: closed"]).values.count == 3)
            #expect(try sent(ignoring: ["FlycatcherTests.ShopError"]).values.count == 2)
            #expect(try sent(ignoring: ["something else"]).values.count == 4)
        }

        @Test func `errors that match an expression in the list are dropped`() throws {
            #expect(try sent(ignoring: [.text(.matching(/^(Slow)?Timeout:/))]).values.count == 2)
            #expect(try sent(ignoring: [.text(.matching(/item: "(?<item>l.mp)"/))]).values.count == 3)
        }

        @Test func `the list holds for events of the app's own making too, and not for messages`() throws {
            let events = try sdk.events {
                $0.ignoreErrors = [.type(ShopError.self), "lamp"]
            } _: {
                let exceptions = [Flycatcher.ExceptionValue(type: "ShopError", value: "closed")]
                Flycatcher.capture(event: Flycatcher.Event(exceptions: exceptions))
                Flycatcher.capture(message: "a lamp")
            }

            #expect(events.texts == ["a lamp"])
        }

        @Test func `the errors of cancelled tasks are ignored unless the app wants them`() throws {
            let ignored = try sdk.events { Flycatcher.capture(error: CancellationError()) }
            let wanted = try sdk.events {
                $0.ignoreErrors = []
            } _: {
                Flycatcher.capture(error: CancellationError())
            }

            #expect(ignored.isEmpty)
            #expect(wanted.count == 1)
        }
    }
}

private enum ShopError: Error {
    case closed
    case soldOut(item: String)
}

private class Timeout: Error, @unchecked Sendable {}
private final class SlowTimeout: Timeout, @unchecked Sendable {}
