// Tests who is refused when more comes than can be worked off.

import Model
import Synchronization
import Testing

@testable import FlycatcherServer

@Suite struct CongestionTests {
    private let loud = ProjectID(1)
    private let calm = ProjectID(2)
    private let now = Clock()

    private final class Clock: Sendable {
        let nanoseconds = Mutex<UInt64>(1 << 40)
    }

    private var congestion: Congestion { Congestion { [now] in now.nanoseconds.withLock { $0 } } }

    @Test func `whoever has hardly waited is let in`() {
        let congestion = congestion

        #expect((0..<1000).allSatisfy { _ in congestion.admits(loud, afterWaiting: Congestion.patience) })
    }

    @Test func `the only one who sends is refused when late`() {
        #expect(!congestion.admits(loud, afterWaiting: Congestion.patience + 1))
    }

    @Test func `of several, those who send most are refused, until there is no time left for anybody`() {
        let congestion = congestion
        let late = Congestion.patience + 1

        #expect((0..<100).allSatisfy { _ in !congestion.admits(loud, afterWaiting: late) })
        #expect((0..<49).allSatisfy { _ in congestion.admits(calm, afterWaiting: late) })
        #expect(!congestion.admits(calm, afterWaiting: Congestion.limit + 1))
    }

    @Test func `who sent how much is forgotten after a second`() {
        let congestion = congestion
        let late = Congestion.patience + 1
        for _ in 0..<100 { _ = congestion.admits(loud, afterWaiting: late) }

        now.nanoseconds.withLock { $0 += 1_000_000_001 }

        #expect(!congestion.admits(calm, afterWaiting: late))
        #expect(!congestion.admits(loud, afterWaiting: late))
    }
}
