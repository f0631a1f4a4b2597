// What the two headers of a limiting answer mean, case by case.

import FlycatcherWire
import Testing

@testable import Flycatcher

@Suite struct RateLimitsTests {
    typealias Answer = Flycatcher.ServerAnswer

    private static let now = ContinuousClock.now
    private static let date = Timestamp(seconds: 784_111_777) ?? .now

    /// For how many seconds errors and sessions are limited by a header.
    struct Case: Sendable, CustomTestStringConvertible {
        let header: String
        let errors: Int
        let sessions: Int

        init(_ header: String, errors: Int = 0, sessions: Int = 0) {
            (self.header, self.errors, self.sessions) = (header, errors, sessions)
        }

        var testDescription: String { "\"\(header)\"" }
    }

    @Test(arguments: [
        Case("60:error:key", errors: 60),
        Case("60:error;session:key", errors: 60, sessions: 60),
        Case("60::organization", errors: 60, sessions: 60),
        Case("60:", errors: 60, sessions: 60),
        Case("60::", errors: 60, sessions: 60),
        Case("60:foo;bar:key"),
        Case("60:error;foo:key", errors: 60),
        Case("60:foo:key, 30:session:key", sessions: 30),
        Case("30:error, 5:error", errors: 30),
        Case("5:error, 30:error", errors: 30),
        Case("60:error;default:key, 120::organization", errors: 120, sessions: 120),
        Case("  60 : error ; session : key ", errors: 60, sessions: 60),
        Case("60:error:key:quota_exceeded:custom:more:and:more", errors: 60),
        Case("60:error:key,,", errors: 60),
        Case(",,,60:session:key", sessions: 60),
        Case(":::"),
        Case(","),
        Case("60"),
        Case("error:60:key"),
        Case("soon:error:key"),
        Case(":error:key"),
        Case("1.5:error:key", errors: 2),
        Case("0.001:error:key", errors: 1),
        Case("0:error:key"),
        Case("-60:error:key"),
        Case("-60::key"),
        Case("inf:error:key", errors: 86_400),
        Case("1e300:error:key", errors: 86_400),
        Case("99999999999999999999:session:key", sessions: 86_400),
        Case("nan:error:key"),
        Case("60:ERROR:key"),
        Case("60:;error;:key", errors: 60),
        Case("60:\u{0}\u{FFFD}:key"),
    ])
    func `a detailed header limits the categories it names, in any answer`(example: Case) {
        for status in [200, 429, 500] {
            var limits = RateLimits()
            let answer = Answer(status: status, retryAfter: "7", rateLimits: example.header)
            limits.heed(answer, now: Self.now, date: Self.date)

            #expect(seconds(limits, .error) == example.errors)
            #expect(seconds(limits, .session) == example.sessions)
        }
    }

    @Test(
        arguments: [
            (nil, 60), ("2", 2), ("1.5", 2), ("-1", 0), ("inf", 86_400), ("soon", 60),
            ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
        ] as [(String?, Int)])
    func `429 without details limits everything`(retryAfter: String?, expected: Int) {
        for details in [nil, "", "  "] {
            var limits = RateLimits()
            let answer = Answer(status: 429, retryAfter: retryAfter, rateLimits: details)
            limits.heed(answer, now: Self.now, date: Self.date)

            #expect(DataCategory.allCases.allSatisfy { seconds(limits, $0) == expected })
        }
    }

    @Test(arguments: [200, 400, 500, 503])
    func `Retry-After counts only with 429`(status: Int) {
        var limits = RateLimits()
        limits.heed(Answer(status: status, retryAfter: "60"), now: Self.now, date: Self.date)

        #expect(limits.latestExpiry(after: Self.now) == nil)
    }

    @Test func `a later, shorter limit shortens nothing`() {
        var limits = RateLimits()
        limits.heed(Answer(status: 200, rateLimits: "60:error:key"), now: Self.now, date: Self.date)
        limits.heed(
            Answer(status: 200, rateLimits: "5:error:key"), now: Self.now + .seconds(1), date: Self.date)
        limits.heed(
            Answer(status: 200, rateLimits: "0:error:key"), now: Self.now + .seconds(2), date: Self.date)

        #expect(seconds(limits, .error) == 60)
    }

    @Test func `reports are limited by nothing but a limit on everything`() {
        var limits = RateLimits()
        limits.heed(Answer(status: 200, rateLimits: "60:internal:key"), now: Self.now, date: Self.date)
        #expect(seconds(limits, .internal) == 0)

        limits.heed(Answer(status: 200, rateLimits: "30::key"), now: Self.now, date: Self.date)
        #expect(seconds(limits, .internal) == 30)
    }

    @Test func `a limit on bytes concerns what is counted by number`() {
        var limits = RateLimits()
        limits.heed(
            Answer(status: 200, rateLimits: "60:log_byte;attachment:key"), now: Self.now, date: Self.date)

        #expect(seconds(limits, .logItem) == 60)
        #expect(seconds(limits, .attachmentItem) == 60)
        #expect(seconds(limits, .traceMetric) == 0)
    }

    /// How many whole seconds a limit lasts.
    private func seconds(_ limits: RateLimits, _ category: DataCategory) -> Int {
        guard limits.isLimited(category, at: Self.now) else { return 0 }
        let lasts = { (length: Int) in
            limits.isLimited(category, at: Self.now + .seconds(length) - .milliseconds(1))
        }
        return bisect(1...86_401, lasts)
    }

    /// The greatest number for which a claim holds that holds for all smaller ones.
    private func bisect(_ range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(middle) { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
