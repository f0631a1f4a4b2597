// Holds a thread up until a test lets it go.

import Foundation

/// Closed at first; once it is open everybody passes.
final class Gate: Sendable {
    private let condition = DispatchSemaphore(value: 0)

    func open() {
        condition.signal()
    }

    /// Waits until it is open, for twenty seconds at most.
    func pass() {
        if condition.wait(timeout: .now() + 20) == .success { condition.signal() }
    }
}
