// Slows down whoever guesses passwords.

import Synchronization

/// Counts tries to sign in, by e-mail address and by where they come from.
///
/// A try counts when it begins, so that many at once gain nothing, and counts no more when it succeeds.
final class SignInThrottle: Sendable {
    private let tries = Mutex(SignInTries())
    private let now: @Sendable () -> ContinuousClock.Instant

    init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.now = now
    }

    /// Lets a try begin.
    ///
    /// - Throws: ``PageError/tooManyTries(_:)``.
    func attempt(email: String, address: String?) throws(PageError) -> SignInAttempt {
        let attempt = SignInAttempt(email: email, address: address)
        let moment = now()
        let wait = tries.withLock { $0.begin(attempt, at: moment) }
        if let wait { throw .tooManyTries(Int(wait.components.seconds) + 1) }
        return attempt
    }

    /// Forgets a try that was right.
    func succeeded(_ attempt: SignInAttempt) {
        tries.withLock { $0.forget(attempt) }
    }
}

/// A try to sign in.
struct SignInAttempt: Hashable, Sendable {
    let email: String
    let address: String

    init(email: String, address: String?) {
        self.email = String(email.lowercased().prefix(254))
        self.address = address ?? "local"
    }
}

/// The tries of the last quarter of an hour.
struct SignInTries: Sendable {
    private enum Key: Hashable {
        case email(String)
        case address(String)
    }

    private struct Tally {
        var count = 0
        var begunAt: ContinuousClock.Instant
    }

    private var tallies: [Key: Tally] = [:]

    /// Tries are counted for so long, from the first one.
    static let window = Duration.seconds(15 * 60)
    static let perEmail = 10
    static let perAddress = 30
    /// So many addresses are remembered; the oldest are forgotten first.
    static let maximumTallies = 10_000

    /// How many addresses are remembered.
    var count: Int { tallies.count }

    /// Counts a try, or says how long to wait.
    mutating func begin(_ attempt: SignInAttempt, at moment: ContinuousClock.Instant) -> Duration? {
        let limits: [(Key, Int)] = [
            (.email(attempt.email), Self.perEmail), (.address(attempt.address), Self.perAddress),
        ]
        for (key, limit) in limits {
            guard let tally = tallies[key], tally.count >= limit else { continue }
            let rest = Self.window - (moment - tally.begunAt)
            if rest > .zero { return rest }
        }
        for (key, _) in limits { count(key, at: moment) }
        return nil
    }

    /// Takes a try back that was right; the guesses before it do not matter to that account any more.
    mutating func forget(_ attempt: SignInAttempt) {
        tallies[.email(attempt.email)] = nil
        if let count = tallies[.address(attempt.address)]?.count {
            tallies[.address(attempt.address)]?.count = max(0, count - 1)
        }
    }

    private mutating func count(_ key: Key, at moment: ContinuousClock.Instant) {
        if let tally = tallies[key], moment - tally.begunAt < Self.window {
            tallies[key]?.count += 1
            return
        }
        if tallies.count >= Self.maximumTallies { makeRoom(at: moment) }
        tallies[key] = Tally(count: 1, begunAt: moment)
    }

    private mutating func makeRoom(at moment: ContinuousClock.Instant) {
        tallies = tallies.filter { moment - $0.value.begunAt < Self.window }
        guard tallies.count >= Self.maximumTallies else { return }
        let oldestFirst = tallies.sorted { $0.value.begunAt < $1.value.begunAt }
        // A tenth at once, so that sorting them is rare.
        for (key, _) in oldestFirst.prefix(Self.maximumTallies / 10) { tallies[key] = nil }
    }
}
