// One error, captured more than once on its way out, is one event.

import Flycatcher
import FlycatcherWire
import Foundation
import Synchronization
import Testing

extension SDKTests {
    @Suite struct Dedupe {
        let sdk = SDKTests()

        @Test func `the same error captured twice in a row is one event`() throws {
            let events = try sdk.events {
                do { throw ShopError.soldOut(item: "lamp") } catch {
                    let first = Flycatcher.capture(error: error)
                    #expect(Flycatcher.capture(error: error) == first)
                    #expect(Flycatcher.lastEventID == first)
                }
            }

            #expect(events.count == 1)
        }

        @Test func `an error captured by an integration and then by the app is one event`() throws {
            let events = try sdk.events {
                do {
                    do { throw ShopError.closed } catch {
                        Flycatcher.capture(
                            error: error, mechanism: Flycatcher.Mechanism(type: "auto.db", isHandled: false))
                        throw error
                    }
                } catch {
                    Flycatcher.capture(error: error)
                }
            }

            #expect(events.count == 1)
            #expect(events[0]["exception"]["values"][0]["mechanism"]["type"].text == "auto.db")
        }

        @Test func `an error that layers capture and throw on, in tasks and requests, is one event`()
            async throws
        {
            let events = try await sdk.events {
                do {
                    try await Flycatcher.withIsolationScope { _ in
                        try await capturingAndRethrowing {
                            try await withThrowingTaskGroup(of: Void.self) { group in
                                group.addTask { try await capturingAndRethrowing { throw ShopError.closed } }
                                try await group.waitForAll()
                            }
                        }
                    }
                } catch {
                    Flycatcher.capture(error: error)
                    let result = Result<Int, any Error>.failure(error)
                    if case .failure(let error) = result { Flycatcher.capture(error: error) }
                }
            }

            #expect(events.count == 1)
        }

        @Test func `an object that is an error is known as itself`() throws {
            let events = try sdk.events {
                let (one, other) = (NSError(domain: "disk", code: 28), NSError(domain: "disk", code: 28))
                for error in [one, other, one] { Flycatcher.capture(error: error) }
                let (first, second) = (Failure(), Failure())
                for error in [first, second, first] { Flycatcher.capture(error: error) }
            }

            #expect(events.count == 4)
        }

        @Test func `two errors that say the same are two events`() throws {
            let events = try sdk.events {
                for _ in 0..<2 {
                    do { throw ShopError.soldOut(item: "lamp") } catch { Flycatcher.capture(error: error) }
                }
            }

            #expect(events.values == ["soldOut(item: \"lamp\")", "soldOut(item: \"lamp\")"])
        }

        @Test func `an error that is caught as a value and thrown anew is another error`() throws {
            let events = try sdk.events {
                do {
                    do { throw ShopError.closed } catch let error as ShopError {
                        Flycatcher.capture(error: error)
                        throw error
                    }
                } catch {
                    Flycatcher.capture(error: error)
                }
            }

            #expect(events.count == 2)
        }

        @Test func `of the errors A, B and A both are sent, once each`() throws {
            let (one, other): (any Error, any Error) = (ShopError.closed, ShopError.soldOut(item: "lamp"))
            let events = try sdk.events {
                for error in [one, other, one] { Flycatcher.capture(error: error) }
            }

            #expect(events.values == ["closed", "soldOut(item: \"lamp\")"])
        }

        @Test func `only the newest errors are remembered, and none is kept alive`() throws {
            let kept = (0..<100).map { _ in Failure() }
            weak var gone: Failure?
            let events = try sdk.events {
                for error in kept { Flycatcher.capture(error: error) }
                Flycatcher.flush(timeout: .seconds(20))
                Flycatcher.capture(error: kept[0])
                Flycatcher.capture(error: kept[99])
                do {
                    let error = Failure()
                    gone = error
                    Flycatcher.capture(error: error)
                }
                Flycatcher.flush(timeout: .seconds(20))
                #expect(gone == nil)
            }

            #expect(events.count == 102)
        }

        @Test func `an error that wraps one that was captured is an event of its own`() throws {
            let events = try sdk.events {
                do { throw ShopError.closed } catch {
                    Flycatcher.capture(error: error)
                    Flycatcher.capture(error: Wrapper(underlyingError: error))
                }
            }

            #expect(events.map { $0["exception"]["values"].list.count } == [1, 2])
        }

        @Test func `another request that meets the same object reports it too`() throws {
            let constant: any Error = ShopError.closed
            let events = try sdk.events {
                for _ in 0..<2 {
                    Flycatcher.withIsolationScope { _ in
                        Flycatcher.capture(error: constant)
                        Flycatcher.capture(error: constant)
                    }
                }
            }

            #expect(events.count == 2)
        }

        @Test func `with dedupe off every capture is an event`() throws {
            let events = try sdk.events {
                $0.dedupe = false
            } _: {
                do { throw ShopError.closed } catch {
                    for _ in 0..<3 { Flycatcher.capture(error: error) }
                }
            }

            #expect(events.count == 3)
        }

        @Test func `what later captures know is added while the first still waits`() throws {
            let gate = Gate()
            let events = try sdk.events {
                $0.eventProcessors = [
                    { event, _ in
                        gate.pass(); return event
                    }
                ]
            } _: {
                Flycatcher.capture(message: "holds the worker up")
                do { throw ShopError.closed } catch {
                    Flycatcher.addBreadcrumb("before")
                    Flycatcher.withScope { scope in
                        scope.setTag("layer", to: "inner")
                        Flycatcher.capture(error: error)
                    }
                    Flycatcher.addBreadcrumb("between")
                    Flycatcher.capture(error: error) { scope in
                        scope.setTag("layer", to: "outer")
                        scope.setTag("route", to: "/orders")
                        scope.setExtra("attempt", to: 3)
                        scope.setUser(Flycatcher.User(id: "9"))
                    }
                }
                gate.open()
            }

            #expect(events.count == 2)
            #expect(events[1]["tags"]["layer"].text == "inner")
            #expect(events[1]["tags"]["route"].text == "/orders")
            #expect(events[1]["extra"]["attempt"].number == 3)
            #expect(events[1]["user"]["id"].text == "9")
            #expect(
                events[1]["breadcrumbs"]["values"].list.map { $0["message"].text } == ["before", "between"])
        }

        @Test func `an error that is handled first and then escapes is unhandled, with what both attached`()
            throws
        {
            let gate = Gate()
            let envelopes = try sdk.envelopes {
                $0.release = "shop@1"
                $0.eventProcessors = [
                    { event, _ in
                        gate.pass(); return event
                    }
                ]
            } _: {
                Flycatcher.capture(message: "holds the worker up")
                Flycatcher.withSession { _ in
                    Flycatcher.withScope { scope in
                        scope.addAttachment(Flycatcher.Attachment(bytes: [1], filename: "both.txt"))
                        let error: any Error = ShopError.closed
                        Flycatcher.capture(error: error)
                        Flycatcher.withScope { scope in
                            scope.addAttachment(Flycatcher.Attachment(bytes: [2], filename: "later.txt"))
                            Flycatcher.capture(
                                error: error,
                                mechanism: Flycatcher.Mechanism(type: "auto.http", isHandled: false))
                        }
                    }
                }
                gate.open()
            }

            let envelope = try #require(envelopes.first { !$0.items("attachment").isEmpty })
            let mechanism = try envelope.event["exception"]["values"][0]["mechanism"]
            #expect(mechanism["type"].text == "generic")
            #expect(mechanism["handled"].bool == false)
            #expect(envelope.items("attachment").map(\.header.filename) == ["both.txt", "later.txt"])
            #expect(try envelopes.sessions("crashed") == 1)
        }

        @Test func `an error that escapes after its event was sent still makes the session a crashed one`()
            throws
        {
            let envelopes = try sdk.envelopes {
                $0.release = "shop@1"
            } _: {
                for isHandled in [true, false] {
                    Flycatcher.withSession { _ in
                        let error: any Error = ShopError.closed
                        Flycatcher.capture(error: error)
                        Flycatcher.flush(timeout: .seconds(20))
                        Flycatcher.capture(
                            error: error,
                            mechanism: Flycatcher.Mechanism(type: "auto.http", isHandled: isHandled))
                    }
                }
            }

            #expect(envelopes.flatMap { $0.items("event") }.count == 2)
            #expect(try envelopes.sessions("errored") == 1)
            #expect(try envelopes.sessions("crashed") == 1)
        }

        @Test func `an error that was captured before a new start is reported by the new client`() throws {
            let error: any Error = ShopError.closed
            let first = try sdk.events { Flycatcher.capture(error: error) }
            let second = try sdk.events { Flycatcher.capture(error: error) }

            #expect(first.count == 1)
            #expect(second.count == 1)
        }
    }
}

extension [Envelope] {
    /// How many sessions of requests ended that way.
    fileprivate func sessions(_ outcome: String) throws -> Int {
        let buckets = try flatMap { try $0.payloads("sessions") }.flatMap { $0["aggregates"].list }
        return buckets.reduce(0) { $0 + Int($1[outcome].number ?? 0) }
    }
}

private func capturingAndRethrowing(_ body: () async throws -> Void) async throws {
    do { try await body() } catch {
        Flycatcher.capture(error: error)
        throw error
    }
}

private enum ShopError: Error {
    case closed
    case soldOut(item: String)
}

private final class Failure: Error {}

private struct Wrapper: Error {
    var underlyingError: any Error
}
