// Which scope wins, and in which order they are asked.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct ScopePrecedence {
        let sdk = SDKTests()

        @Test
        func `the call wins over the current scope, that over the isolation scope, that over the global one`()
            throws
        {
            let events = try sdk.events {
                for kind in Flycatcher.ScopeKind.allCases {
                    Flycatcher.configureScope(kind) { scope in
                        scope.setTag("place", to: "\(kind)")
                        scope.setTag("\(kind)", to: "yes")
                    }
                }
                Flycatcher.capture(message: "x") { $0.setTag("place", to: "call") }
                Flycatcher.capture(message: "x")
                Flycatcher.configureScope(.current) { $0.removeTag("place") }
                Flycatcher.capture(message: "x")
                Flycatcher.configureScope(.isolation) { $0.removeTag("place") }
                Flycatcher.capture(message: "x")
            }

            #expect(events.map { $0["tags"]["place"].text } == ["call", "current", "isolation", "global"])
            for event in events {
                #expect(event["tags"].keys.isSuperset(of: ["global", "isolation", "current"]))
            }
        }

        @Test func `what a call sets is gone after it`() throws {
            let events = try sdk.events {
                Flycatcher.capture(error: Failure()) { $0.setTag("call", to: "yes") }
                Flycatcher.capture(event: Flycatcher.Event(message: "x")) { $0.setTag("call", to: "yes") }
                Flycatcher.capture(message: "%@", parameters: [1]) { $0.setTag("call", to: "yes") }
                Flycatcher.capture(message: "after")
            }

            #expect(events.map { $0["tags"]["call"].text } == ["yes", "yes", "yes", nil])
        }

        @Test func `a call can take away what the current scope says`() throws {
            let events = try sdk.events {
                Flycatcher.withScope { scope in
                    scope.setTag("tenant", to: "acme")
                    Flycatcher.capture(message: "x") { $0.removeTag("tenant") }
                    Flycatcher.capture(message: "x")
                }
            }

            #expect(events.map { $0["tags"]["tenant"].text } == [nil, "acme"])
        }

        @Test func `a fork keeps its copy when the scope it came from changes`() throws {
            let event = try sdk.event {
                Flycatcher.withScope { outer in
                    outer.setTag("a", to: "before")
                    Flycatcher.withScope { _ in
                        outer.setTag("a", to: "after")
                        outer.setTag("b", to: "after")
                        Flycatcher.capture(message: "x")
                    }
                }
            }

            #expect(event["tags"]["a"].text == "before")
            #expect(event["tags"]["b"].isAbsent)
        }

        @Test func `the setters of the facade write to the isolation scope`() throws {
            let events = try sdk.events {
                Flycatcher.withIsolationScope { _ in
                    Flycatcher.withScope { _ in
                        Flycatcher.setTag("tag", to: "1")
                        Flycatcher.setTags(["tags": "1"])
                        Flycatcher.setExtra("extra", to: 1)
                        Flycatcher.setContext("context", to: ["a": 1])
                        Flycatcher.setUser(Flycatcher.User(id: "1"))
                        Flycatcher.addBreadcrumb("crumb")
                        Flycatcher.addFeatureFlag("flag", true)
                    }
                    Flycatcher.capture(message: "inside, but outside the block")
                }
                Flycatcher.capture(message: "outside")
            }

            let (inside, outside) = (events[0], events[1])
            #expect(inside["tags"].keys == ["tag", "tags"])
            #expect(inside["extra"]["extra"].number == 1)
            #expect(inside["contexts"]["context"]["a"].number == 1)
            #expect(inside["user"]["id"].text == "1")
            #expect(inside["breadcrumbs"]["values"][0]["message"].text == "crumb")
            #expect(inside["contexts"]["flags"]["values"][0]["flag"].text == "flag")
            for key in ["tags", "extra", "user", "breadcrumbs"] { #expect(outside[key].isAbsent) }
            for key in ["context", "flags"] { #expect(outside["contexts"][key].isAbsent) }
        }

        @Test func `forking the isolation scope forks the current one too`() throws {
            let events = try sdk.events {
                Flycatcher.withIsolationScope { _ in
                    Flycatcher.configureScope(.current) { $0.setTag("current", to: "yes") }
                    Flycatcher.capture(message: "inside")
                }
                Flycatcher.capture(message: "after")
            }

            #expect(events.map { $0["tags"]["current"].text } == ["yes", nil])
        }

        @Test func `contexts of the same name are not mixed, the more specific one counts`() throws {
            var own = Flycatcher.Event(message: "x")
            own.contexts["cart"] = ["items": 5]
            let events = try sdk.events {
                Flycatcher.configureScope(.global) {
                    $0.setContext("cart", to: ["items": 1, "old": true])
                    $0.setContext("shop", to: ["open": true])
                }
                Flycatcher.capture(message: "x")
                Flycatcher.setContext("cart", to: ["items": 2])
                Flycatcher.capture(message: "x")
                Flycatcher.configureScope(.current) { $0.setContext("cart", to: ["items": 3]) }
                Flycatcher.capture(message: "x")
                Flycatcher.capture(message: "x") { $0.setContext("cart", to: ["items": 4]) }
                Flycatcher.capture(event: own)
            }

            #expect(events.map { $0["contexts"]["cart"]["items"].number } == [1, 2, 3, 4, 5])
            #expect(events[0]["contexts"]["cart"]["old"].bool == true)
            // One list of fields belongs together: the old cart's say nothing about the new one.
            #expect(events.dropFirst().allSatisfy { $0["contexts"]["cart"].keys == ["items"] })
            #expect(events.allSatisfy { $0["contexts"]["shop"]["open"].bool == true })
        }

        @Test func `a level on the scope overrides the default one`() throws {
            let events = try sdk.events {
                Flycatcher.withScope { scope in
                    scope.setLevel(.warning)
                    Flycatcher.capture(error: Failure())
                    Flycatcher.capture(message: "x")
                    Flycatcher.capture(message: "x", level: .fatal)
                }
                Flycatcher.capture(error: Failure())
            }

            #expect(events.map { $0["level"].text } == ["warning", "warning", "fatal", "error"])
        }

        @Test func `clearing a scope keeps its processors`() throws {
            let event = try sdk.event {
                Flycatcher.withScope { scope in
                    scope.addEventProcessor { event, _ in
                        var event = event
                        event.tags["seen"] = "yes"
                        return event
                    }
                    scope.setTag("a", to: "1")
                    scope.setUser(Flycatcher.User(id: "1"))
                    scope.setLevel(.fatal)
                    scope.setFingerprint(["x"])
                    scope.addBreadcrumb(Flycatcher.Breadcrumb("crumb"))
                    scope.addFeatureFlag("flag", true)
                    scope.clear()
                    Flycatcher.capture(message: "x")
                }
            }

            #expect(event["tags"].keys == ["seen"])
            #expect(event["level"].text == "info")
            for key in ["user", "fingerprint", "breadcrumbs"] { #expect(event[key].isAbsent) }
            #expect(event["contexts"]["flags"].isAbsent)
        }

        @Test func `a user that is set to nil and what is removed are absent`() throws {
            let event = try sdk.event {
                Flycatcher.withScope { scope in
                    scope.setUser(Flycatcher.User(id: "1"))
                    scope.setTag("a", to: "1")
                    scope.setExtra("b", to: 1)
                    scope.setContext("c", to: ["d": 1])
                    scope.addFeatureFlag("e", true)
                    scope.addBreadcrumb(Flycatcher.Breadcrumb("f"))
                    scope.setUser(nil)
                    scope.removeTag("a")
                    scope.removeExtra("b")
                    scope.removeContext("c")
                    scope.removeFeatureFlag("e")
                    scope.clearBreadcrumbs()
                    Flycatcher.capture(message: "x")
                }
            }

            for key in ["user", "tags", "extra", "breadcrumbs"] { #expect(event[key].isAbsent) }
            for key in ["c", "flags"] { #expect(event["contexts"][key].isAbsent) }
        }

        @Test func `feature flags travel as a context, those asked last at the end, a hundred at most`()
            throws
        {
            let event = try sdk.event {
                Flycatcher.configureScope(.global) { $0.addFeatureFlag("global", true) }
                for number in 0..<150 {
                    Flycatcher.addFeatureFlag("flag-\(number)", number.isMultiple(of: 2))
                }
                Flycatcher.addFeatureFlag("flag-100", false)
                Flycatcher.withScope { scope in
                    scope.addFeatureFlag("flag-101", true)
                    Flycatcher.capture(message: "x")
                }
            }

            let flags = event["contexts"]["flags"]["values"].list
            #expect(flags.count == 100)
            #expect(flags.suffix(3).map { $0["flag"].text } == ["flag-149", "flag-100", "flag-101"])
            #expect(flags.suffix(2).map { $0["result"].bool } == [false, true])
        }

        @Test func `the last event of a request is known to that request`() throws {
            _ = try sdk.events {
                let outer = Flycatcher.capture(message: "outer")
                Flycatcher.withIsolationScope { _ in
                    let inner = Flycatcher.capture(message: "inner")
                    #expect(Flycatcher.lastEventID == inner)
                }
                #expect(Flycatcher.lastEventID == outer)
            }
        }
    }
}

private struct Failure: Error {}
