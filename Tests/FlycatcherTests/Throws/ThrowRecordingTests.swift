// When throws are recorded, what is passed over, and what test libraries make of it.

import CFlycatcher
import Foundation
import Testing
import XCTest

@testable import Flycatcher

extension SDKTests {
    @Suite struct ThrowRecordings {
        let sdk = SDKTests()

        private struct Slip: Error { var number: Int }
        private struct Usual: Error { var number: Int }

        @inline(never) private func slip(_ number: Int) throws {
            if number >= 0 { throw Slip(number: number) }
        }

        @inline(never) private func asUsual(_ number: Int) throws {
            if number >= 0 { throw Usual(number: number) }
        }

        private func exception(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> JSON {
            try sdk.event(configure) {
                do { try body() } catch { Flycatcher.capture(error: error) }
            }["exception"]["values"][0]
        }

        @Test func `the stack of an error ends where it was thrown, and is no snapshot`() throws {
            let exception = try exception { try slip(1) }

            let last = exception["stacktrace"]["frames"].list.last
            #expect(last?["function"].text?.hasSuffix("slip(_:)") == true)
            #expect(last?["in_app"].bool == true)
            #expect(exception["stacktrace"]["snapshot"].bool != true)
            #expect(exception["mechanism"]["data"].isAbsent)
        }

        @Test func `of an error that was thrown on, the report tells how often`() throws {
            let exception = try exception {
                do {
                    do { try slip(2) } catch { throw error }
                } catch { throw error }
            }

            #expect(exception["mechanism"]["data"]["rethrows"].number == 2)
            #expect(
                exception["stacktrace"]["frames"].list.last?["function"].text?.hasSuffix("slip(_:)") == true)
        }

        @Test func `what was caught as its own type is found by its value, and says so`() throws {
            let exception = try sdk.event {
                do { try slip(3) } catch let slip as Slip { Flycatcher.capture(error: slip) }
            }["exception"]["values"][0]

            #expect(exception["mechanism"]["data"]["throw_site"].text == "approximate")
            #expect(
                exception["stacktrace"]["frames"].list.last?["function"].text?.hasSuffix("slip(_:)") == true)
        }

        @Test func `an error of another value was not thrown there`() throws {
            let exception = try sdk.event {
                do { try slip(4) } catch { Flycatcher.capture(error: Slip(number: 5)) }
            }["exception"]["values"][0]

            #expect(exception["stacktrace"]["snapshot"].bool == true)
        }

        @Test func `types that the app names are passed over, and nothing is recorded when that is off`()
            throws
        {
            let usual = try exception {
                $0.unrecordedThrows = [Usual.self]
            } _: {
                try asUsual(1)
            }
            let off = try exception {
                $0.recordThrows = false
            } _: {
                try slip(6)
            }

            #expect(usual["stacktrace"]["snapshot"].bool == true)
            #expect(off["stacktrace"]["snapshot"].bool == true)
        }

        @Test(
            arguments: [
                (nil, [:], true), (nil, ["SENTRY_RECORD_THROWS": "no"], false),
                (true, ["SENTRY_RECORD_THROWS": "0"], true), (false, [:], false),
            ] as [(Bool?, [String: String], Bool)])
        func `the option wins over its variable, and without stacks nothing is recorded`(
            option: Bool?, variables: [String: String], isOn: Bool
        ) throws {
            var options = Flycatcher.Options()
            options.transport = Flycatcher.RecordingTransport()
            options.recordThrows = option
            #expect(try #require(Settings(options, Variables(variables))).recordsThrows == isOn)
            options.attachStacktrace = false
            #expect(try #require(Settings(options, Variables(variables))).recordsThrows == false)
        }

        @Test func `a thread that does nothing but throw is passed over for a while, at little cost`() throws
        {
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            defer { Flycatcher.close() }
            var rules = flycatcher_throw_rules(passed_over: nil, passed_over_count: 0, burst: 10)
            #expect(flycatcher_record_throws(&rules))
            let isPassedOver = (1...100).contains { round in
                for number in 0..<20 { do { try slip(number) } catch {} }
                return !isRecorded(round * 10_000)
            }
            Thread.sleep(forTimeInterval: 0.05)

            #expect(isPassedOver)
            #expect(isRecorded(7))
        }

        private func isRecorded(_ number: Int) -> Bool {
            do { try slip(number) } catch { return ThrowSite(of: error, in: .here, limit: 10) != nil }
            return false
        }

        @Test func `an error is told from others while many are thrown, as long as someone holds it`() throws
        {
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            defer { Flycatcher.close() }
            do { try slip(7) } catch {
                for number in 0..<1500 { do { try asUsual(number) } catch {} }
                #expect(ThrowSite(of: error, in: .here, limit: 10)?.isApproximate == false)
            }
        }

        @Test func `the error that was thrown last is reported without its name`() throws {
            let event = try sdk.event {
                do { try slip(8) } catch is Slip { Flycatcher.capture() }
            }

            let exception = event["exception"]["values"][0]
            #expect(exception["type"].text?.hasSuffix("Slip") == true)
            #expect(exception["value"].text?.contains("8") == true)
            #expect(
                exception["stacktrace"]["frames"].list.last?["function"].text?.hasSuffix("slip(_:)") == true)
        }

        @Test func `when nothing was thrown here, nothing is reported`() async throws {
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            defer { Flycatcher.close() }

            let id = await Task.detached { Flycatcher.capture() }.value

            #expect("\(id)".allSatisfy { $0 == "0" })
        }

        @Test func `the newest throw of a thread is told without locks, for crash reports`() throws {
            Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
            defer { Flycatcher.close() }
            let newest = try newestThrow()
            let another = try newestThrow()

            #expect(newest.count == 2)
            #expect(newest == another)
        }

        /// The addresses of a throw that was just made, but for those of the calls that lead here.
        private func newestThrow() throws -> [UInt64] {
            do { try slip(9) } catch {}
            var addresses = [UInt64](repeating: 0, count: 4)
            var (asyncStart, age) = (0, UInt64(0))
            let count = flycatcher_newest_throw(-1, &addresses, addresses.count, &asyncStart, &age)
            #expect(age < 60_000_000_000)
            return Array(addresses.prefix(min(count, 2)))
        }
    }
}

/// XCTest listens for throws too; its assertions must see them as before.
final class ThrowRecordingInXCTest: XCTestCase {
    private struct Slip: Error {}

    func testErrorsAreAssertedUponWhileThrowsAreRecorded() {
        Flycatcher.start { $0.transport = Flycatcher.RecordingTransport() }
        defer { Flycatcher.close() }

        XCTAssertThrowsError(try { throw Slip() }()) { XCTAssertTrue($0 is Slip) }
        XCTAssertNoThrow(try { _ = try Result<Int, any Error>.success(1).get() }())
    }
}

@Suite struct ThrowRecordingInSwiftTesting {
    private struct Slip: Error {}

    @Test func `errors fail tests, and are expected, while throws are recorded`() {
        withKnownIssue { throw Slip() }
        #expect(throws: Slip.self) { throw Slip() }
    }
}
