// Tasks that run at once, and what they see of each other's scopes: nothing.

import Dispatch
import Flycatcher
import FlycatcherWire
import Testing

extension SDKTests {
    @Suite struct ConcurrentScopes {
        let sdk = SDKTests()

        @Test func `requests at once do not see each other's users, tags and breadcrumbs`() async throws {
            let events = try await sdk.events {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<50 { group.addTask { await serve("\(number)") } }
                }
            }

            #expect(events.count == 50 * 4)
            for event in events {
                let request = try #require(event["logentry"]["formatted"].text)
                #expect(event["user"]["id"].text == request)
                #expect(event["tags"]["request"].text == request)
                #expect(event["breadcrumbs"]["values"].list.map { $0["message"].text } == [request])
            }
        }

        @Test func `child tasks see the scopes around them`() async throws {
            let events = try await sdk.events {
                await Flycatcher.withIsolationScope { scope in
                    scope.setTag("request", to: "7")
                    async let child: Void = report("async let")
                    await child
                    await withTaskGroup(of: Void.self) { $0.addTask { await report("group") } }
                    await Task { await report("task") }.value
                }
            }

            #expect(events.texts == ["async let", "group", "task"])
            #expect(events.map { $0["tags"]["request"].text } == ["7", "7", "7"])
        }

        @Test func `a detached task sees the scopes only if they are carried into it`() async throws {
            let events = try await sdk.events {
                await Flycatcher.withIsolationScope { scope in
                    scope.setTag("request", to: "7")
                    await Task.detached { await report("alone") }.value
                    let scopes = Flycatcher.carriedScopes
                    await Task.detached { await scopes.run { await report("carried") } }.value
                }
            }

            #expect(events.texts == ["alone", "carried"])
            #expect(events.map { $0["tags"]["request"].text } == [nil, "7"])
        }

        @Test func `a callback of an event loop or a queue sees the scopes that it carries`() async throws {
            let events = try await sdk.events {
                await withCheckedContinuation { continuation in
                    Flycatcher.withIsolationScope { scope in
                        scope.setTag("request", to: "7")
                        let scopes = Flycatcher.carriedScopes
                        DispatchQueue.global().async {
                            scopes.run { _ = Flycatcher.capture(message: "callback") }
                            continuation.resume()
                        }
                    }
                }
            }

            #expect(events.texts == ["callback"])
            #expect(events[0]["tags"]["request"].text == "7")
        }

        @Test func `what is thrown under carried scopes arrives with its type`() throws {
            let scopes = Flycatcher.carriedScopes
            let refusal = Result { () throws(Refused) in
                try scopes.run { () throws(Refused) in throw Refused() }
            }

            #expect(throws: Refused.self) { try refusal.get() }
        }

        @Test func `an error leaves a request, and its scopes with it`() async throws {
            let events = try await sdk.events {
                await #expect(throws: Refused.self) {
                    try await Flycatcher.withIsolationScope { scope in
                        scope.setTag("inside", to: "yes")
                        await Task.yield()
                        throw Refused()
                    }
                }
                #expect(throws: Refused.self) {
                    try Flycatcher.withIsolationScope { (scope) throws(Refused) in
                        scope.setTag("inside", to: "yes")
                        throw Refused()
                    }
                }
                Flycatcher.capture(message: "after")
            }

            #expect(events.map { $0["tags"].isAbsent } == [true])
        }

        @Test func `ten thousand tasks that capture at once have ten thousand ids, and nothing is mixed up`()
            async throws
        {
            let transport = CountingTransport()
            Flycatcher.start {
                $0.transport = transport
                $0.attachStacktrace = false
            }
            let captured = await withTaskGroup(of: EventID.self) { group in
                for number in 0..<10_000 {
                    group.addTask {
                        await Flycatcher.withIsolationScope { scope in
                            scope.setTag("number", to: "\(number)")
                            await Task.yield()
                            return captureWithRoom("\(number)")
                        }
                    }
                }
                return await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(Flycatcher.close(timeout: .seconds(60)))

            #expect(captured.count == 10_000)
            #expect(transport.ids == Set(captured.map(\.description)))
            #expect(transport.mixedUp == 0)
        }
    }
}

/// Captures when the queue has room, which holds a thousand; a full one gives up the oldest.
private func captureWithRoom(_ text: String) -> EventID {
    let id = Flycatcher.capture(message: text)
    if text.hasSuffix("00") { Flycatcher.flush(timeout: .seconds(60)) }
    return id
}

private func report(_ text: String) async {
    await Task.yield()
    Flycatcher.capture(message: text)
}

private func serve(_ request: String) async {
    await Flycatcher.withIsolationScope { _ in
        Flycatcher.setUser(Flycatcher.User(id: request))
        Flycatcher.setTag("request", to: request)
        Flycatcher.addBreadcrumb(request)
        await report(request)
        async let child: Void = report(request)
        await child
        await withTaskGroup(of: Void.self) { $0.addTask { await report(request) } }
        await Task { await report(request) }.value
    }
}

private struct Refused: Error {}
