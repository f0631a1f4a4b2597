// Proves how log records travel.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct LogRecords {
        private let sdk = SDKTests()

        /// The records that arrive while `body` runs, in order, and how many items there were.
        private func records(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> (records: [JSON], items: Int) {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(
                server,
                {
                    $0.enableLogs = true; configure(&$0)
                }, body)
            let items = try server.payloads(of: "log")
            return (items.flatMap { $0["items"].list }, items.count)
        }

        @Test func `a record has moment, trace, level, number, text and attributes that name their type`()
            throws
        {
            let (records, _) = try records {
                Flycatcher.log(
                    "order shipped", level: .warning,
                    attributes: [
                        "id": 17, "express": true, "weight": 1.5, "to": "Oslo", "parts": ["a", "b"],
                    ])
            }

            let record = try #require(records.first)
            #expect(record["timestamp"].number ?? 0 > 1_700_000_000)
            #expect(record["trace_id"].text?.count == 32)
            #expect(record["level"].text == "warn")
            #expect(record["severity_number"].number == 13)
            #expect(record["body"].text == "order shipped")
            let types = ["id", "express", "weight", "to", "parts"].map {
                record["attributes"][$0]["type"].text
            }
            #expect(types == ["integer", "boolean", "double", "string", "array"])
            #expect(record["attributes"]["id"]["value"].number == 17)
        }

        @Test func `objects and mixed lists are no attributes`() throws {
            let (records, _) = try records {
                Flycatcher.log(
                    "x", attributes: ["object": ["a": 1], "mixed": ["a", 1], "null": nil, "kept": 1])
            }

            #expect(records[0]["attributes"].keys.isDisjoint(with: ["object", "mixed", "null"]))
            #expect(records[0]["attributes"]["kept"]["value"].number == 1)
        }

        @Test func `release, environment, server, SDK and template are attributes by themselves`() throws {
            let (records, _) = try records {
                $0.release = "shop@1"
                $0.environment = "staging"
                $0.serverName = "web-1"
            } _: {
                Flycatcher.log(Flycatcher.Message("3 left", template: "%s left", parameters: ["3"]))
            }

            let attributes = records[0]["attributes"]
            #expect(attributes["sentry.release"]["value"].text == "shop@1")
            #expect(attributes["sentry.environment"]["value"].text == "staging")
            #expect(attributes["server.address"]["value"].text == "web-1")
            #expect(attributes["sentry.sdk.name"]["value"].text == "flycatcher.swift")
            #expect(attributes["sentry.message.template"]["value"].text == "%s left")
            #expect(attributes["sentry.message.parameter.0"]["value"].text == "3")
        }

        @Test
        func `attributes of the record win over the current scope's, and those over the isolation scope's`()
            throws
        {
            let (records, _) = try records {
                Flycatcher.configureScope { scope in
                    for key in ["a", "b", "c"] { scope.setAttribute(key, to: "isolation") }
                }
                Flycatcher.withScope { scope in
                    for key in ["a", "b"] { scope.setAttribute(key, to: "current") }
                    Flycatcher.log("x", attributes: ["a": "own"])
                }
            }

            let values = ["a", "b", "c"].map { records[0]["attributes"][$0]["value"].text }
            #expect(values == ["own", "current", "isolation"])
        }

        @Test(arguments: [(false, nil), (true, "u-9")] as [(Bool, String?)])
        func `the user is an attribute only if personal data is wanted`(isWanted: Bool, id: String?) throws {
            let (records, _) = try records {
                $0.sendDefaultPii = isWanted
            } _: {
                Flycatcher.withScope { scope in
                    scope.setUser(Flycatcher.User(id: "u-9"))
                    Flycatcher.log("x")
                }
            }

            #expect(records[0]["attributes"]["user.id"]["value"].text == id)
        }

        @Test func `an item has a hundred records at most, in their order`() throws {
            let (records, items) = try records {
                for number in 0..<250 { Flycatcher.log("\(number)") }
            }

            #expect((3...6).contains(items))
            #expect(records.map { $0["body"].text } == (0..<250).map { "\($0)" })
        }

        @Test func `nothing is sent unless log records are wanted`() throws {
            let (records, _) = try records {
                $0.enableLogs = false
            } _: {
                Flycatcher.log("x")
                #expect(!Flycatcher.isLogging)
            }

            #expect(records.isEmpty)
        }

        @Test func `beforeSendLog changes and drops records`() throws {
            let (records, _) = try records {
                $0.beforeSendLog = { record in
                    var record = record
                    record.attributes["seen"] = true
                    return record.body == "secret" ? nil : record
                }
            } _: {
                Flycatcher.log("open")
                Flycatcher.log("secret")
            }

            #expect(records.map { $0["body"].text } == ["open"])
            #expect(records[0]["attributes"]["seen"]["value"].bool == true)
        }

        @Test func `records that beforeSendLog drops are reported by number and bytes`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.enableLogs = true
                $0.beforeSendLog = { _ in throw CancellationError() }
            } _: {
                Flycatcher.log("a")
                Flycatcher.log("b")
            }

            #expect(try server.losses["before_send log_item"] == 2)
            #expect(try server.losses["before_send log_byte"] ?? 0 > 100)
        }

        @Test func `a storm of records meets a bound, and what is beyond is reported`() throws {
            let server = try CaptureServer([.hold])
            defer { server.stop() }
            let count = 5_000
            try sdk.withSDK(server, { $0.enableLogs = true }) {
                for number in 0..<count { Flycatcher.log("\(number)") }
                server.release()
            }

            let arrived = try server.payloads(of: "log").reduce(0) { $0 + $1["items"].list.count }
            let lost = try server.losses["buffer_overflow log_item"] ?? 0
            #expect(arrived + lost == count)
            #expect(try server.losses["buffer_overflow log_byte"] ?? 0 > lost * 100)
        }
    }
}
