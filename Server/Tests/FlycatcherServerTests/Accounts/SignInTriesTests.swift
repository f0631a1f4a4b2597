// Tests how guessing passwords is slowed down.

import Testing

@testable import FlycatcherServer

@Suite struct SignInTriesTests {
    private let start = ContinuousClock.now

    private func attempt(_ email: String, _ address: String = "192.0.2.1") -> SignInAttempt {
        SignInAttempt(email: email, address: address)
    }

    @Test func `one account can be tried ten times from anywhere`() {
        var tries = SignInTries()
        let waits = (0..<10).map { tries.begin(attempt("jo@example.org", "192.0.2.\($0)"), at: start) }

        #expect(waits.allSatisfy { $0 == nil })
        #expect(tries.begin(attempt("JO@example.org", "192.0.2.99"), at: start) == SignInTries.window)
        #expect(tries.begin(attempt("kim@example.org", "192.0.2.99"), at: start) == nil)
    }

    @Test func `one place can try thirty times on any account`() {
        var tries = SignInTries()
        for index in 0..<30 { #expect(tries.begin(attempt("\(index)@example.org"), at: start) == nil) }

        #expect(tries.begin(attempt("another@example.org"), at: start) != nil)
        #expect(tries.begin(attempt("another@example.org", "192.0.2.2"), at: start) == nil)
    }

    @Test func `after a quarter of an hour one may try again`() {
        var tries = SignInTries()
        for _ in 0..<10 { _ = tries.begin(attempt("jo@example.org"), at: start) }

        let later = start + .seconds(10 * 60)
        #expect(tries.begin(attempt("jo@example.org"), at: later) == .seconds(5 * 60))
        #expect(tries.begin(attempt("jo@example.org"), at: start + SignInTries.window) == nil)
    }

    @Test func `whoever gets in starts anew`() {
        var tries = SignInTries()
        for _ in 0..<9 { _ = tries.begin(attempt("jo@example.org"), at: start) }
        let right = attempt("jo@example.org")
        _ = tries.begin(right, at: start)

        tries.forget(right)

        #expect(tries.begin(right, at: start) == nil)
    }

    @Test func `memory is bounded and the oldest are forgotten first`() {
        var tries = SignInTries()
        for index in 0..<30_000 {
            let address = "2001:db8::\(index)"
            _ = tries.begin(attempt("\(index)@example.org", address), at: start + .microseconds(index))
        }

        #expect(tries.count <= SignInTries.maximumTallies)
    }
}
