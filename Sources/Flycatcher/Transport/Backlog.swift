// What waits to be sent, in an order that is fair to all kinds.

/// Says how early something is sent and how late it is given up.
protocol Prioritized: Sendable {
    var priority: Parcel.Priority { get }
}

/// A bounded line of jobs with one lane for each priority.
///
/// Lanes take turns by weight (smooth weighted round-robin, the priority's number being the weight): of fourteen
/// jobs from full lanes, five are events and two are bulk. So bulk never holds events up, and never waits for ever.
struct Backlog<Job: Prioritized> {
    private struct Numbered: Sendable {
        let job: Job
        let number: Int
    }

    private struct Lane {
        var jobs = Ring<Numbered>()
        var credit = 0
    }

    /// Lowest priority first.
    private var lanes = [Lane](repeating: Lane(), count: Parcel.Priority.allCases.count)
    private(set) var count = 0
    /// The number of the newest job; jobs are counted from 1.
    private(set) var lastNumber = 0

    /// The number of the job that waits longest; nil when none does.
    var oldestNumber: Int? {
        lanes.compactMap { $0.jobs.first?.number }.min()
    }

    /// Lets a job wait.
    ///
    /// - Returns: what had to go because the line was full: the oldest job of the lowest priority, be it the new one.
    mutating func append(_ job: Job, capacity: Int) -> Job? {
        let displaced = count >= capacity ? removeLowest(upTo: job.priority) : nil
        guard displaced != nil || count < capacity else { return job }
        lastNumber += 1
        lanes[job.priority.lane].jobs.append(Numbered(job: job, number: lastNumber), limit: .max)
        count += 1
        return displaced
    }

    /// Takes out the job whose turn it is.
    mutating func next() -> (job: Job, number: Int)? {
        let busy = Parcel.Priority.allCases.filter { lanes[$0.lane].jobs.count > 0 }
        for priority in busy { lanes[priority.lane].credit += priority.rawValue }
        guard let chosen = busy.max(by: { lanes[$0.lane].credit <= lanes[$1.lane].credit }),
            let first = lanes[chosen.lane].jobs.removeFirst()
        else { return nil }
        lanes[chosen.lane].credit -= busy.reduce(0) { $0 + $1.rawValue }
        if lanes[chosen.lane].jobs.count == 0 { lanes[chosen.lane].credit = 0 }
        count -= 1
        return (first.job, first.number)
    }

    mutating func removeAll() {
        for lane in lanes.indices { lanes[lane] = Lane() }
        count = 0
    }

    private mutating func removeLowest(upTo highest: Parcel.Priority) -> Job? {
        for lane in 0...highest.lane {
            if let oldest = lanes[lane].jobs.removeFirst() {
                count -= 1
                return oldest.job
            }
        }
        return nil
    }
}

extension Parcel.Priority {
    fileprivate var lane: Int { rawValue - Self.bulk.rawValue }
}
