// One thing that is measured, and how.

import CAllocations
import Foundation

/// What a call costs the thread that makes it.
struct Question {
    let name: String
    /// What design and documents allow, in nanoseconds; nil where nothing is promised.
    let budget: Double?
    /// How many calls make a round.
    let calls: Int
    /// Runs before each round, unmeasured.
    var prepare: () -> Void = {}
    /// Calls the round, from as deep in the stack as the question wants.
    var around: (() -> Void) -> Void = { $0() }
    let call: () -> Void
}

/// What was found out.
struct Answer {
    let name: String
    let budget: Double?
    /// Nanoseconds of the thread's processor time per call: of the quietest round, and of the one in the middle.
    let quietest: Double
    let median: Double
    let allocations: Double

    init(_ question: Question, rounds: Int) {
        name = question.name
        budget = question.budget
        var times: [Double] = []
        var fewestAllocations = UInt64.max
        for round in 0...rounds {
            question.prepare()
            let allocationsBefore = callocations_count()
            let before = ThreadClock.nanoseconds
            question.around { for _ in 0..<question.calls { question.call() } }
            let elapsed = ThreadClock.nanoseconds - before
            // The first round warms up: caches, lazy globals, the pages of the code.
            guard round > 0 else { continue }
            times.append(Double(elapsed) / Double(question.calls))
            fewestAllocations = min(fewestAllocations, callocations_count() - allocationsBefore)
        }
        times.sort()
        quietest = times.first ?? 0
        median = times.isEmpty ? 0 : times[times.count / 2]
        allocations = Double(fewestAllocations) / Double(question.calls)
    }
}

/// The processor time of the calling thread, which other threads and programs do not add to.
enum ThreadClock {
    static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
