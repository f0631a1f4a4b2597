// Tests that nothing is waited for longer than allowed.

import Testing

@testable import FlycatcherServer

@Suite struct DeadlineTests {
    @Test func `work that is done in time gives its value`() async throws {
        #expect(try await withDeadline(.seconds(60)) { 7 } == 7)
    }

    @Test func `work that takes too long is cancelled`() async {
        await #expect(throws: DeadlineError()) {
            try await withDeadline(.milliseconds(1)) { try await Task.sleep(for: .seconds(60)) }
        }
    }

    @Test func `a failure of the work is what is heard of`() async {
        await #expect(throws: PageError.staleForm) {
            try await withDeadline(.seconds(60)) { throw PageError.staleForm }
        }
    }
}
