// Check-ins of jobs that run on a schedule, on the wire.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Monitors {
        let sdk = SDKTests()

        @Test func `a check-in says which monitor, which run and how it went`() throws {
            var (begun, ended) = (Flycatcher.CheckInID(), Flycatcher.CheckInID())
            let checkIns = try checkIns {
                $0.release = "shop@1.4.2"
                $0.environment = "staging"
            } _: {
                begun = Flycatcher.captureCheckIn(slug: "nightly", status: .inProgress)
                ended = Flycatcher.captureCheckIn(
                    slug: "nightly", status: .error, id: begun, duration: .milliseconds(12_500))
            }

            #expect(checkIns.count == 2)
            #expect(begun == ended)
            #expect(checkIns.map { $0["check_in_id"].text } == [begun.description, begun.description])
            #expect(begun.description.count == 32)
            #expect(checkIns.map { $0["monitor_slug"].text } == ["nightly", "nightly"])
            #expect(checkIns.map { $0["status"].text } == ["in_progress", "error"])
            #expect(checkIns.map { $0["duration"].number } == [nil, 12.5])
            #expect(checkIns.map { $0["release"].text } == ["shop@1.4.2", "shop@1.4.2"])
            #expect(checkIns.map { $0["environment"].text } == ["staging", "staging"])
            #expect(checkIns.allSatisfy { $0["monitor_config"].isAbsent })
        }

        @Test func `a check-in belongs to the trace around it`() throws {
            let envelopes = try sdk.envelopes {
                Flycatcher.startNewTrace {
                    Flycatcher.captureCheckIn(slug: "a", status: .ok)
                    Flycatcher.capture(message: "x")
                }
            }

            let checkIn = try #require(try envelopes.flatMap { try $0.payloads("check_in") }.first)
            let event = try #require(try envelopes.flatMap { try $0.payloads("event") }.first)
            let trace = checkIn["contexts"]["trace"]["trace_id"].text
            #expect(trace?.count == 32)
            #expect(trace == event["contexts"]["trace"]["trace_id"].text)
            #expect(envelopes.allSatisfy { $0.header.trace["trace_id"] == trace })
        }

        @Test func `the run that was the last to begin has the zero id`() throws {
            let checkIns = try checkIns {
                Flycatcher.captureCheckIn(slug: "nightly", status: .ok, id: .latest)
            }

            #expect(checkIns.first?["check_in_id"].text == String(repeating: "0", count: 32))
        }

        @Test func `a check-in can describe its monitor`() throws {
            let checkIns = try checkIns {
                Flycatcher.captureCheckIn(
                    slug: "a", status: .ok,
                    config: Flycatcher.MonitorConfig(
                        .crontab("0 3 * * *"), checkInMargin: .seconds(300), maxRuntime: .seconds(3601),
                        failureIssueThreshold: 2, recoveryThreshold: 3, timezone: "Europe/Berlin",
                        owner: "team:3"))
                Flycatcher.captureCheckIn(
                    slug: "b", status: .ok, config: Flycatcher.MonitorConfig(.every(2, .hour)))
            }

            let (cron, interval) = (checkIns[0]["monitor_config"], checkIns[1]["monitor_config"])
            #expect(cron["schedule"]["type"].text == "crontab")
            #expect(cron["schedule"]["value"].text == "0 3 * * *")
            #expect(cron["checkin_margin"].number == 5)
            #expect(cron["max_runtime"].number == 61)
            #expect(cron["failure_issue_threshold"].number == 2)
            #expect(cron["recovery_threshold"].number == 3)
            #expect(cron["timezone"].text == "Europe/Berlin")
            #expect(cron["owner"].text == "team:3")
            #expect(interval.keys == ["schedule"])
            #expect(interval["schedule"]["type"].text == "interval")
            #expect(interval["schedule"]["value"].number == 2)
            #expect(interval["schedule"]["unit"].text == "hour")
        }

        @Test(
            arguments: [
                ("nightly_Export-2", "nightly_export-2"), ("Backup / Database!", "backup-database"),
                (String(repeating: "x", count: 60), String(repeating: "x", count: 50)), ("é1", "1"),
            ])
        func `a slug is brought into the form that servers take`(name: String, sent: String) throws {
            let checkIns = try checkIns { Flycatcher.captureCheckIn(slug: name, status: .ok) }

            #expect(checkIns.map { $0["monitor_slug"].text } == [sent])
        }

        @Test(arguments: ["", "  ", "/!"])
        func `without a usable slug nothing is sent`(name: String) throws {
            let checkIns = try checkIns { Flycatcher.captureCheckIn(slug: name, status: .ok) }

            #expect(checkIns.isEmpty)
        }

        @Test func `a check-in is neither sampled nor shown to hooks`() throws {
            let checkIns = try checkIns {
                $0.sampleRate = 0
                $0.beforeSend = { _, _ in nil }
                $0.eventProcessors = [{ _, _ in nil }]
            } _: {
                Flycatcher.captureCheckIn(slug: "a", status: .ok)
            }

            #expect(checkIns.count == 1)
        }

        @Test func `a check-in that is held back counts as monitor`() throws {
            let server = try CaptureServer(
                .answer(status: 200, headers: ["X-Sentry-Rate-Limits": "60:monitor:key"]))
            defer { server.stop() }
            var counts: [Discards.Key: Int]?
            try sdk.withSDK(server) {
                $0.sendClientReports = false
            } _: {
                Flycatcher.captureCheckIn(slug: "a", status: .inProgress)
                Flycatcher.flush(timeout: .seconds(10))
                Flycatcher.captureCheckIn(slug: "a", status: .ok)
                Flycatcher.capture(message: "errors still go")
                Flycatcher.flush(timeout: .seconds(10))
                counts = ActiveClient.current?.discards.drain()
            }

            #expect(server.requests.count == 2)
            #expect(counts == [Discards.Key(reason: .rateLimitBackoff, category: .monitor): 1])
        }

        @Test func `withMonitor reports begin and end with the duration, and hands the result on`() throws {
            let checkIns = try checkIns {
                let result = Flycatcher.withMonitor(slug: "a", config: .init(.every(1, .day))) { 17 }
                #expect(result == 17)
            }

            #expect(checkIns.map { $0["status"].text } == ["in_progress", "ok"])
            #expect(checkIns[0]["check_in_id"].text == checkIns[1]["check_in_id"].text)
            #expect(checkIns[0]["monitor_config"]["schedule"]["unit"].text == "day")
            #expect(checkIns[0]["duration"].isAbsent)
            #expect(try #require(checkIns[1]["duration"].number) >= 0)
        }

        @Test func `withMonitor reports an error and rethrows it as it was`() throws {
            let checkIns = try checkIns {
                #expect(throws: JobError.failed) {
                    try Flycatcher.withMonitor(slug: "a") { () throws(JobError) in throw .failed }
                }
            }

            #expect(checkIns.map { $0["status"].text } == ["in_progress", "error"])
            #expect(checkIns.last?["duration"].number != nil)
        }

        @Test func `withMonitor spans suspensions`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            let result = await Flycatcher.withMonitor(slug: "a") {
                await Task.yield()
                return "done"
            }
            await #expect(throws: JobError.failed) {
                try await Flycatcher.withMonitor(slug: "b") {
                    await Task.yield()
                    throw JobError.failed
                }
            }
            Flycatcher.close(timeout: .seconds(10))

            let checkIns = try server.requests.flatMap { try $0.envelope.payloads("check_in") }
            #expect(result == "done")
            #expect(checkIns.map { $0["monitor_slug"].text } == ["a", "a", "b", "b"])
            #expect(checkIns.map { $0["status"].text } == ["in_progress", "ok", "in_progress", "error"])
        }

        @Test func `while the SDK is off jobs run all the same`() {
            #expect(Flycatcher.captureCheckIn(slug: "a", status: .ok) == .latest)
            #expect(Flycatcher.withMonitor(slug: "a") { 17 } == 17)
        }

        private func checkIns(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> [JSON] {
            let envelopes = try sdk.envelopes(configure, body)
            #expect(envelopes.allSatisfy { $0.items("check_in").count == 1 && $0.header.eventID == nil })
            return try envelopes.flatMap { try $0.payloads("check_in") }
        }
    }
}

private enum JobError: Error {
    case failed
}
