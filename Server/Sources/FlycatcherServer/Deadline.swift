// Waits no longer than something may take.

/// Something that has taken too long.
struct DeadlineError: Error, Hashable {}

/// Does some work, and cancels it when its time is up.
///
/// - Throws: ``DeadlineError``, or what the work throws.
func withDeadline<Value: Sendable>(
    _ time: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: time)
            throw DeadlineError()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw DeadlineError() }
        return value
    }
}
