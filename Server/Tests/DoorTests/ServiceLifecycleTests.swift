// Proves that services report why they fail, and that an app's end sends what was captured.

import Flycatcher
import FlycatcherServiceLifecycle
import Logging
import ServiceLifecycle
import Testing

extension SDKTests.Doors {
    @Suite struct ServiceGroups {
        private struct OutOfInk: Error {}

        private struct Failing: Service {
            func run() async throws { throw OutOfInk() }
        }

        /// Reports something when it is told to end, and then asks the group to end.
        private struct Parting: Service {
            func run() async throws {
                try await gracefulShutdown()
                Flycatcher.capture(message: "parting")
            }
        }

        @Test func `a service that fails is reported as unhandled, and fails on`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            defer { Flycatcher.close() }
            let group = ServiceGroup(
                services: [Flycatcher.FlushService(), Failing().capturingFailure()], logger: .silent)

            await #expect(throws: OutOfInk.self) { try await group.run() }

            let error = try #require(try server.events.first)["exception"]["values"][0]
            #expect(error["type"].text?.hasSuffix("OutOfInk") == true)
            #expect(error["mechanism"]["type"].text == "auto.service.lifecycle")
            #expect(error["mechanism"]["handled"].bool == false)
            #expect(error["mechanism"]["data"]["service"].text?.hasSuffix("Failing") == true)
        }

        @Test func `an orderly end sends what services report while they end`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            defer { Flycatcher.close() }
            let group = ServiceGroup(services: [Flycatcher.FlushService(), Parting()], logger: .silent)

            async let end: Void = group.run()
            await group.triggerGracefulShutdown()
            try await end

            #expect(try server.events.map { $0["logentry"]["formatted"].text } == ["parting"])
        }

        @Test func `a server that hangs holds up the end no longer than allowed`() async throws {
            let server = try CaptureServer(.hang)
            defer { server.stop() }
            Flycatcher.start {
                $0.dsn = server.dsn()
                $0.attachStacktrace = false
            }
            defer { Flycatcher.close(timeout: .zero) }
            let service = Flycatcher.FlushService(timeout: .milliseconds(50))
            let group = ServiceGroup(services: [service, Parting()], logger: .silent)

            let time = try await ContinuousClock().measure {
                async let end: Void = group.run()
                await group.triggerGracefulShutdown()
                try await end
            }

            #expect(time < .seconds(5))
        }
    }
}

extension Logger {
    /// A logger that says nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
