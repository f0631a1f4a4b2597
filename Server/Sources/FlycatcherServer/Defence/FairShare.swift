// Lets projects into the pipeline in turn, never in the order in which they push.

import Model
import Synchronization

/// A bounded number of events under way, shared between the projects that send.
///
/// An event is under way from before the pipeline until it is answered. While only one project sends, it may have all
/// places. While several do, each has a few, and a place that becomes free goes to the next project in turn: a client in
/// a loop waits for itself, and a calm project for hardly anything.
final class FairShare: Sendable {
    /// Events under way in all.
    static let places = 128
    /// Of these, so many are one project's while others send too.
    static let placesOfOne = 16
    /// Events that wait, of all projects and of one; more are refused.
    static let maximumWaiting = 1024
    static let maximumWaitingOfOne = 512
    /// Bytes of events that wait.
    static let maximumWaitingBytes = 64 << 20
    /// Others count as sending for so long after they did.
    fileprivate static let memory: UInt64 = 60 * 1_000_000_000

    fileprivate struct Waiter {
        let turn: CheckedContinuation<Void, Never>
        let byteCount: Int
    }

    /// What one project has under way and waiting.
    fileprivate struct Lane {
        var underWay = 0
        var waiters: [Waiter] = []
        /// The waiter that is first in line; those before it have had their turn.
        var first = 0

        var waitingCount: Int { waiters.count - first }
    }

    fileprivate struct State {
        var underWay = 0
        var waitingCount = 0
        var waitingBytes = 0
        var lanes: [ProjectID: Lane] = [:]
        /// The projects that wait, the next one first.
        var ring: [ProjectID] = []
        var lastProject: ProjectID?
        var isSharedUntil: UInt64 = 0
    }

    private let clock: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// - Parameter clock: nanoseconds of a clock that only goes forward.
    init(clock: @escaping @Sendable () -> UInt64) {
        self.clock = clock
    }

    /// Events under way, and those that wait.
    var figures: (underWay: Int, waiting: Int) {
        state.withLock { ($0.underWay, $0.waitingCount) }
    }

    /// Waits for a place; whoever gets one gives it back with ``leave(_:)``.
    ///
    /// - Returns: false when too many of the project's events, or of all, wait already.
    func enter(_ project: ProjectID, byteCount: Int) async -> Bool {
        let now = clock()
        switch state.withLock({ $0.arrive(project, byteCount, at: now) }) {
        case .entered: return true
        case .refused: return false
        case .mustWait: break
        }
        await withCheckedContinuation { turn in
            let admitted = state.withLock { state in
                state.add(Waiter(turn: turn, byteCount: byteCount), of: project)
                // A place may have become free since the look above.
                return state.admitNext(at: now)
            }
            for waiter in admitted { waiter.resume() }
        }
        return true
    }

    /// Gives a place back, to the next in turn.
    func leave(_ project: ProjectID) {
        let now = clock()
        let admitted = state.withLock { state in
            state.underWay -= 1
            state.lanes[project]?.underWay -= 1
            state.removeIdle(project)
            return state.admitNext(at: now)
        }
        for waiter in admitted { waiter.resume() }
    }

    fileprivate enum Arrival {
        case entered
        case mustWait
        case refused
    }
}

extension FairShare.State {
    fileprivate mutating func arrive(
        _ project: ProjectID, _ byteCount: Int, at now: UInt64
    ) -> FairShare.Arrival {
        if project != lastProject {
            if lastProject != nil { isSharedUntil = now + FairShare.memory }
            lastProject = project
        }
        let lane = lanes[project] ?? FairShare.Lane()
        if ring.isEmpty, hasPlace(lane, at: now) {
            lanes[project, default: lane].underWay += 1
            underWay += 1
            return .entered
        }
        guard waitingCount < FairShare.maximumWaiting, lane.waitingCount < FairShare.maximumWaitingOfOne,
            waitingBytes + byteCount <= FairShare.maximumWaitingBytes
        else { return .refused }
        return .mustWait
    }

    private func hasPlace(_ lane: FairShare.Lane, at now: UInt64) -> Bool {
        underWay < FairShare.places
            && lane.underWay < (now < isSharedUntil ? FairShare.placesOfOne : FairShare.places)
    }

    fileprivate mutating func add(_ waiter: FairShare.Waiter, of project: ProjectID) {
        if lanes[project, default: FairShare.Lane()].waitingCount == 0 { ring.append(project) }
        lanes[project, default: FairShare.Lane()].waiters.append(waiter)
        waitingCount += 1
        waitingBytes += waiter.byteCount
    }

    /// Hands out free places, one to each project before anyone gets a second.
    fileprivate mutating func admitNext(at now: UInt64) -> [CheckedContinuation<Void, Never>] {
        var admitted: [CheckedContinuation<Void, Never>] = []
        var passed = 0
        while underWay < FairShare.places, passed < ring.count {
            let project = ring.removeFirst()
            guard var lane = lanes.removeValue(forKey: project) else { continue }
            if hasPlace(lane, at: now) {
                admitted.append(take(&lane).turn)
                passed = 0
            } else {
                passed += 1
            }
            if lane.waitingCount > 0 { ring.append(project) }
            lanes[project] = lane
        }
        return admitted
    }

    private mutating func take(_ lane: inout FairShare.Lane) -> FairShare.Waiter {
        let waiter = lane.waiters[lane.first]
        lane.first += 1
        if lane.first == lane.waiters.count {
            lane.waiters.removeAll(keepingCapacity: true)
            lane.first = 0
        } else if lane.first >= 256 {
            lane.waiters.removeFirst(lane.first)
            lane.first = 0
        }
        lane.underWay += 1
        underWay += 1
        waitingCount -= 1
        waitingBytes -= waiter.byteCount
        return waiter
    }

    /// Forgets a project that has nothing here any more.
    fileprivate mutating func removeIdle(_ project: ProjectID) {
        if let lane = lanes[project], lane.underWay == 0, lane.waitingCount == 0 { lanes[project] = nil }
    }
}
