// Proves what becomes of lines that are logged with swift-log.

import Flycatcher
import FlycatcherLogging
import Logging
import Testing

extension SDKTests.Doors {
    @Suite struct Logs {
        private let sdk = SDKTests()

        private struct Unpaid: Error, CustomStringConvertible {
            var description: String { "unpaid" }
        }

        private func logger(
            _ levels: Flycatcher.LogHandler.Levels = .init(), at level: Logger.Level = .trace,
            provider: Logger.MetadataProvider? = nil
        ) -> Logger {
            var logger = Logger(label: "shop.orders") {
                Flycatcher.LogHandler(label: $0, levels: levels, metadataProvider: provider)
            }
            logger.logLevel = level
            return logger
        }

        @Test func `a logged error line is an event, with its logger and metadata`() throws {
            let event = try sdk.event {
                logger().error("not saved", metadata: ["order": "17", "size": .stringConvertible(9)])
            }

            #expect(event["logentry"]["formatted"].text == "not saved")
            #expect(event["level"].text == "error")
            #expect(event["logger"].text == "shop.orders")
            #expect(event["extra"]["order"].text == "17")
            #expect(event["extra"]["size"].number == 9)
        }

        @Test func `what is logged below errors is a breadcrumb, with its level, logger and metadata`()
            throws
        {
            let event = try sdk.event {
                let logger = logger()
                logger.debug("asked")
                logger.notice("accepted", metadata: ["order": "17"])
                logger.warning("slow")
                Flycatcher.capture(message: "end")
            }

            let crumbs = event["breadcrumbs"]["values"].list
            #expect(crumbs.map { $0["message"].text } == ["accepted", "slow"])
            #expect(crumbs.map { $0["level"].text } == ["info", "warning"])
            #expect(crumbs.map { $0["category"].text } == ["shop.orders", "shop.orders"])
            #expect(crumbs.first?["data"]["order"].text == "17")
        }

        @Test(arguments: [
            (Logger.Level.trace, "debug"), (.debug, "debug"), (.info, "info"), (.notice, "info"),
            (.warning, "warning"), (.error, "error"), (.critical, "fatal"),
        ])
        func `levels of events are those of the log`(level: Logger.Level, name: String) throws {
            let event = try sdk.event { logger(.init(events: .trace)).log(level: level, "x") }

            #expect(event["level"].text == name)
        }

        @Test func `a logged error is the event's exception, and the line its message`() throws {
            let event = try sdk.event { logger().error("not shipped", error: Unpaid()) }

            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text?.hasSuffix("Unpaid") == true)
            #expect(exception["mechanism"]["type"].text == "auto.log.swift_log")
            #expect(exception["mechanism"]["handled"].bool == true)
            #expect(event["logentry"]["formatted"].text == "not shipped")
        }

        @Test func `an error among the metadata is the event's exception`() throws {
            let event = try sdk.event {
                logger().critical("not shipped", metadata: ["error": .stringConvertible(Unpaid())])
            }

            #expect(event["exception"]["values"][0]["type"].text?.hasSuffix("Unpaid") == true)
            #expect(event["level"].text == "fatal")
        }

        @Test func `the last frame is the place of the line`() throws {
            let line = #line + 1
            let event = try sdk.event { logger().error("here") }

            let frame = try #require(event["threads"]["values"][0]["stacktrace"]["frames"].list.last)
            #expect(frame["lineno"].number == Double(line))
            #expect(frame["filename"].text?.hasSuffix("LoggingTests.swift") == true)
        }

        @Test func `keys of metadata that the options name are tags`() throws {
            let event = try sdk.event {
                $0.contextTags = ["tenant"]
            } _: {
                logger().error("x", metadata: ["tenant": "acme", "order": "17"])
            }

            #expect(event["tags"]["tenant"].text == "acme")
            #expect(event["extra"].keys == ["order"])
        }

        @Test func `values over two hundred characters are kept`() throws {
            let text = String(repeating: "long ", count: 100)

            let event = try sdk.event { logger().error("x", metadata: ["note": "\(text)"]) }

            #expect(event["extra"]["note"].text == text)
        }

        @Test func `the line's metadata wins over the provider's, and that over the logger's`() throws {
            let event = try sdk.event {
                let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
                var logger = logger(provider: provider)
                logger[metadataKey: "a"] = "logger"
                logger[metadataKey: "c"] = "logger"
                logger.error("x", metadata: ["b": "line"])
            }

            #expect(["a", "b", "c"].map { event["extra"][$0].text } == ["provider", "line", "logger"])
        }

        @Test func `what is logged while a line is handled is passed over`() throws {
            struct Chatty: CustomStringConvertible {
                let logger: Logger
                var description: String {
                    logger.error("again")
                    return "chatty"
                }
            }

            let events = try sdk.events {
                logger().error("once", metadata: ["who": .stringConvertible(Chatty(logger: logger()))])
            }

            #expect(events.map { $0["logentry"]["formatted"].text } == ["once"])
        }

        @Test func `a transport that logs sets nothing off`() throws {
            struct Talkative: Flycatcher.Transport {
                let recording = Flycatcher.RecordingTransport()
                let logger: Logger
                func send(_ envelope: Flycatcher.Envelope) -> Flycatcher.ServerAnswer {
                    logger.error("sending")
                    return recording.send(envelope)
                }
                func close() {}
            }
            let transport = Talkative(logger: logger())
            Flycatcher.start {
                $0.transport = transport
                $0.enableLogs = true
            }

            Flycatcher.capture(message: "one")
            Flycatcher.flush()
            Flycatcher.close()

            #expect(transport.recording.envelopes.count == 1)
        }

        @Test func `an error that is logged and captured is one event`() throws {
            let error: any Error = Unpaid()

            let events = try sdk.events {
                logger().error("not shipped", error: error)
                Flycatcher.capture(error: error)
            }

            #expect(events.count == 1)
        }
    }
}
