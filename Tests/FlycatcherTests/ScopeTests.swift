// What is attached to events: for the process, for a block, for a task.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct Scopes {
        let sdk = SDKTests()

        @Test func `what is set on the process goes with every event`() throws {
            let events = try sdk.events {
                Flycatcher.setTag("tenant", to: "acme")
                Flycatcher.setExtra("cart", to: ["items": 3, "total": 12.5, "codes": ["A1", nil, true]])
                Flycatcher.setContext("order", to: ["id": 17])
                Flycatcher.setUser(Flycatcher.User(id: "u-9", email: "a@example.org", data: ["plan": "pro"]))
                Flycatcher.capture(message: "one")
                Flycatcher.capture(message: "two")
            }

            #expect(events.count == 2)
            for event in events {
                #expect(event["tags"]["tenant"].text == "acme")
                #expect(event["extra"]["cart"]["items"].number == 3)
                #expect(event["extra"]["cart"]["total"].number == 12.5)
                #expect(event["extra"]["cart"]["codes"].list.count == 3)
                #expect(event["contexts"]["order"]["id"].number == 17)
                #expect(event["user"]["id"].text == "u-9")
                #expect(event["user"]["email"].text == "a@example.org")
                #expect(event["user"]["data"]["plan"].text == "pro")
            }
        }

        @Test func `what was removed is gone`() throws {
            let event = try sdk.event {
                Flycatcher.setTag("a", to: "1")
                Flycatcher.setExtra("b", to: 2)
                Flycatcher.setContext("c", to: ["d": 4])
                Flycatcher.setUser(Flycatcher.User(id: "5"))
                Flycatcher.removeTag("a")
                Flycatcher.removeExtra("b")
                Flycatcher.removeContext("c")
                Flycatcher.setUser(nil)
                Flycatcher.capture(message: "x")
            }

            #expect(event["tags"].isAbsent)
            #expect(event["extra"].isAbsent)
            #expect(event["contexts"]["c"].isAbsent)
            #expect(event["user"].isAbsent)
        }

        @Test func `a tag of a block is on the events inside and not on those after`() throws {
            let events = try sdk.events {
                Flycatcher.withScope { scope in
                    scope.setTag("inside", to: "yes")
                    Flycatcher.capture(message: "inside")
                }
                Flycatcher.capture(message: "after")
            }

            #expect(events[0]["tags"]["inside"].text == "yes")
            #expect(events[1]["tags"].isAbsent)
        }

        @Test func `an inner block adds to the outer one, and changes it not`() throws {
            let events = try sdk.events {
                Flycatcher.setTag("place", to: "process")
                Flycatcher.withScope { outer in
                    outer.setTag("place", to: "outer")
                    outer.setTag("outer", to: "1")
                    Flycatcher.withScope { inner in
                        inner.setTag("place", to: "inner")
                        outer.setTag("late", to: "1")
                        Flycatcher.capture(message: "inner")
                    }
                    Flycatcher.capture(message: "outer")
                }
                Flycatcher.capture(message: "process")
            }

            #expect(events.map { $0["tags"]["place"].text } == ["inner", "outer", "process"])
            #expect(events.map { $0["tags"]["outer"].text } == ["1", "1", nil])
            #expect(events.map { $0["tags"]["late"].text } == [nil, "1", nil])
        }

        @Test func `an error leaves a block as it is, and the scope with it`() throws {
            struct Refused: Error, Equatable {}

            let event = try sdk.event {
                #expect(throws: Refused()) {
                    try Flycatcher.withScope { scope in
                        scope.setTag("inside", to: "yes")
                        throw Refused()
                    }
                }
                Flycatcher.capture(message: "after")
            }

            #expect(event["tags"].isAbsent)
        }

        @Test func `a block sets level, fingerprint, transaction and user of what is captured in it`() throws
        {
            let event = try sdk.event {
                Flycatcher.setUser(Flycatcher.User(id: "process"))
                Flycatcher.withScope { scope in
                    scope.setLevel(.fatal)
                    scope.setFingerprint(["one", "issue"])
                    scope.setTransaction("POST /orders/:id")
                    scope.setUser(Flycatcher.User(id: "block"))
                    Flycatcher.capture(error: ConnectionLost())
                }
            }

            #expect(event["level"].text == "fatal")
            #expect(event["fingerprint"].list.map(\.text) == ["one", "issue"])
            #expect(event["transaction"].text == "POST /orders/:id")
            #expect(event["user"]["id"].text == "block")
        }

        @Test func `what the event says itself wins over the scopes`() throws {
            let event = try sdk.event {
                Flycatcher.setTag("place", to: "process")
                Flycatcher.withScope { scope in
                    scope.setTag("place", to: "block")
                    scope.setLevel(.fatal)
                    var own = Flycatcher.Event(message: "own", level: .debug)
                    own.tags["place"] = "event"
                    Flycatcher.capture(event: own)
                }
            }

            #expect(event["tags"]["place"].text == "event")
            #expect(event["level"].text == "debug")
        }

        @Test func `tasks that run at once do not see each other's users`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { await reportAs("user \(number)") }
                }
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            let events = try server.events
            #expect(events.count == 150)
            #expect(events.allSatisfy { $0["user"]["id"].text == $0["logentry"]["formatted"].text })
        }

        @Test func `a child task sees the scope around it, a detached one does not`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            await Flycatcher.withScope { scope in
                scope.setTag("inside", to: "yes")
                async let child: Void = reportText("child")
                await child
                await Task.detached { await reportText("detached") }.value
            }
            #expect(Flycatcher.close(timeout: .seconds(20)))

            #expect(try server.events.map { $0["tags"]["inside"].text } == ["yes", nil])
        }

        @Test func `keys beyond the hundredth are refused, known ones still change`() throws {
            let event = try sdk.event {
                for number in 0..<150 { Flycatcher.setTag("tag \(number)", to: "old") }
                Flycatcher.setTag("tag 0", to: "new")
                Flycatcher.capture(message: "x")
            }

            #expect(event["tags"].keys.count == 100)
            #expect(event["tags"]["tag 0"].text == "new")
        }
    }
}

private struct ConnectionLost: Error {}

private func reportText(_ text: String) async {
    await Task.yield()
    Flycatcher.capture(message: text)
}

private func reportAs(_ user: String) async {
    await Flycatcher.withScope { scope in
        scope.setUser(Flycatcher.User(id: user))
        await reportText(user)
        async let child: Void = reportText(user)
        await child
        await Flycatcher.withScope { _ in await reportText(user) }
    }
}
