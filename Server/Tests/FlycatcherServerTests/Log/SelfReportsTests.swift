// Tests that errors are reported, and never without end.

import FlycatcherWire
import Logging
import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct SelfReportsTests {
    private final class Box: Sendable {
        let reports = Mutex<[SelfReport]>([])
        let nanoseconds = Mutex<UInt64>(0)
    }

    private let box = Box()
    private let reports: SelfReports

    init() {
        reports = SelfReports(now: { [box] in box.nanoseconds.withLock { $0 } })
        reports.start { [box] report in box.reports.withLock { $0.append(report) } }
    }

    private func log(_ level: Logger.Level) {
        LineLogHandler(logLevel: .trace, reports: reports).log(
            event: LogEvent(
                level: level, message: "could not \(level)", error: nil,
                metadata: ["token": "Bearer secret-of-ours"],
                source: "", file: "", function: "", line: 0))
    }

    @Test func `errors are reported, with no secrets, and milder things are not`() {
        for level in Logger.Level.allCases { log(level) }

        let sent = box.reports.withLock { $0 }
        #expect(sent.map(\.message) == ["could not error", "could not critical"])
        #expect(sent.first?.details == ["token": "Bearer ***"])
    }

    @Test func `no more than so many are reported in a minute`() {
        for _ in 0..<1000 { log(.error) }
        #expect(box.reports.withLock { $0.count } == SelfReports.maximumPerMinute)

        box.nanoseconds.withLock { $0 = 61_000_000_000 }
        log(.error)
        #expect(box.reports.withLock { $0.count } == SelfReports.maximumPerMinute + 1)
    }

    @Test(arguments: [(false, 1), (true, 0)])
    func `what fails while a report is stored makes no further one`(
        tellsItself: Bool, reportCount: Int
    ) async throws {
        let reports = reports
        let logger = Logger(label: "test") { _ in LineLogHandler(logLevel: .error, reports: reports) }
        let server = try await TestServer(logger: logger, tellsItself: tellsItself)
        try await server.temporary.store.close()

        let reply = try await server.post(
            "/api/\(server.project.id)/store/?sentry_key=\(server.key.publicKey)", #"{"message":"here"}"#)

        #expect(reply.status == 503)
        #expect(box.reports.withLock { $0.count } == reportCount)
    }
}
