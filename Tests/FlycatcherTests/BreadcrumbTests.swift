// The trail of steps that events carry.

import Flycatcher
import FlycatcherWire
import Testing

extension SDKTests {
    @Suite struct Breadcrumbs {
        let sdk = SDKTests()

        private func messages(_ event: JSON) -> [String?] {
            event["breadcrumbs"]["values"].list.map { $0["message"].text }
        }

        @Test func `a breadcrumb goes with each later event, and not with earlier ones`() throws {
            let events = try sdk.events {
                Flycatcher.capture(message: "before")
                Flycatcher.addBreadcrumb("opened", category: "file", level: .warning)
                Flycatcher.capture(message: "after")
                Flycatcher.capture(message: "again")
            }

            #expect(events[0]["breadcrumbs"].isAbsent)
            let crumb = events[1]["breadcrumbs"]["values"][0]
            #expect(crumb["message"].text == "opened")
            #expect(crumb["category"].text == "file")
            #expect(crumb["level"].text == "warning")
            #expect(crumb["type"].text == "default")
            #expect(crumb["timestamp"].text.flatMap { Timestamp($0) } != nil)
            #expect(messages(events[2]) == ["opened"])
        }

        @Test func `of a hundred and fifty the newest hundred are kept, in order`() throws {
            let event = try sdk.event {
                for number in 0..<150 { Flycatcher.addBreadcrumb("\(number)") }
                Flycatcher.capture(message: "x")
            }

            #expect(messages(event) == (50..<150).map { "\($0)" })
        }

        @Test(arguments: [0, 5]) func `the number kept is an option`(limit: Int) throws {
            let event = try sdk.event {
                $0.maxBreadcrumbs = limit
            } _: {
                for number in 0..<8 { Flycatcher.addBreadcrumb("\(number)") }
                Flycatcher.capture(message: "x")
            }

            #expect(messages(event) == (8 - limit..<8).map { "\($0)" })
        }

        @Test func `those of all three scopes are merged in the order of their adding, and cut again`() throws
        {
            let events = try sdk.events {
                $0.maxBreadcrumbs = 4
            } _: {
                for number in 0..<3 {
                    for kind in Flycatcher.ScopeKind.allCases {
                        Flycatcher.configureScope(kind) { scope in
                            scope.addBreadcrumb(Flycatcher.Breadcrumb("\(kind) \(number)"))
                        }
                    }
                }
                Flycatcher.capture(message: "x")
                var event = Flycatcher.Event(message: "own")
                event.breadcrumbs = [Flycatcher.Breadcrumb("of the event")]
                Flycatcher.capture(event: event)
            }

            #expect(messages(events[0]) == ["current 1", "global 2", "isolation 2", "current 2"])
            #expect(messages(events[1]) == ["global 2", "isolation 2", "current 2", "of the event"])
        }

        @Test func `a breadcrumb with nothing but its text has a moment, level info and type default`() throws
        {
            let event = try sdk.event {
                Flycatcher.addBreadcrumb("step")
                Flycatcher.capture(message: "x")
            }

            let values = event["breadcrumbs"]["values"]
            #expect(values.list.count == 1)
            #expect(values[0]["timestamp"].text.flatMap { Timestamp($0) } != nil)
            #expect(values[0]["level"].text == "info")
            #expect(values[0]["type"].text == "default")
        }

        @Test func `while the SDK is off none is recorded`() throws {
            Flycatcher.addBreadcrumb("before the start")
            Flycatcher.withScope { $0.addBreadcrumb(Flycatcher.Breadcrumb("in a block")) }
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            Flycatcher.capture(message: "x")
            Flycatcher.close(timeout: .seconds(10))

            let recorded = messages(try #require(try server.events.first))
            #expect(!recorded.contains("before the start"))
            #expect(!recorded.contains("in a block"))
        }

        @Test func `they keep the order in which they were added, whatever their timestamps say`() throws {
            let event = try sdk.event {
                for seconds in [30.0, 10, 20] {
                    let crumb = Flycatcher.Breadcrumb(
                        "\(Int(seconds))", timestamp: Timestamp(seconds: seconds))
                    Flycatcher.addBreadcrumb(crumb)
                }
                Flycatcher.capture(message: "x")
            }

            #expect(messages(event) == ["30", "10", "20"])
        }

        @Test func `those of a block stand among those of the process and end with the block`() throws {
            let events = try sdk.events {
                Flycatcher.addBreadcrumb("1")
                Flycatcher.withScope { scope in
                    scope.addBreadcrumb(Flycatcher.Breadcrumb("2", type: "http", data: ["status_code": 402]))
                    Flycatcher.addBreadcrumb("3")
                    Flycatcher.capture(message: "inside")
                }
                Flycatcher.capture(message: "after")
            }

            #expect(messages(events[0]) == ["1", "2", "3"])
            #expect(events[0]["breadcrumbs"]["values"][1]["data"]["status_code"].number == 402)
            #expect(messages(events[1]) == ["1", "3"])
        }
    }
}
