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
    /// So many times as many places there are while the event loops are behind: events hold them for longer then, and
    /// with few the server would wait for its own turns.
    static let widening = 4
    /// Events that wait, of all projects and of one; more are refused.
    static let maximumWaiting = 1024
    static let maximumWaitingOfOne = 512
    /// Bytes of events that wait or are under way; whoever would bring more is refused.
    static let maximumBytes = 64 << 20
    /// When the first in a project's line has waited for so many nanoseconds, nobody else may line up.
    static let patience: UInt64 = 1_000_000_000
    /// Others count as sending for so long after they did.
    fileprivate static let memory: UInt64 = 60 * 1_000_000_000

    fileprivate struct Waiter {
        let turn: CheckedContinuation<Void, Never>
        let byteCount: Int
        let since: UInt64
    }

    /// What one project has under way and waiting.
    fileprivate struct Lane {
        var underWay = 0
        var waiters: [Waiter] = []
        /// The waiter that is first in line; those before it have had their turn.
        var first = 0

        var waitingCount: Int { waiters.count - first }

        /// Whether its line is so long, or moves so slowly, that nobody else may line up.
        func isFull(at now: UInt64) -> Bool {
            guard waitingCount > 0 else { return false }
            return waitingCount >= FairShare.maximumWaitingOfOne
                || now > waiters[first].since + FairShare.patience
        }
    }

    fileprivate struct State {
        var underWay = 0
        var waitingCount = 0
        /// Of events that wait or are under way.
        var byteCount = 0
        /// So many times as many places there are at the moment.
        var width = 1
        var lanes: [ProjectID: Lane] = [:]
        /// The projects that wait, the next one first.
        var ring: [ProjectID] = []
        var lastProject: ProjectID?
        var isSharedUntil: UInt64 = 0
    }

    private let clock: @Sendable () -> UInt64
    private let isBehind: @Sendable () -> Bool
    private let state = Mutex(State())

    /// - Parameters:
    ///   - clock: nanoseconds of a clock that only goes forward.
    ///   - isBehind: whether the event loops have more to do than they can.
    init(
        clock: @escaping @Sendable () -> UInt64, isBehind: @escaping @Sendable () -> Bool = { false }
    ) {
        self.clock = clock
        self.isBehind = isBehind
    }

    /// Events under way, and those that wait.
    var figures: (underWay: Int, waiting: Int) {
        state.withLock { ($0.underWay, $0.waitingCount) }
    }

    /// Whether an event of a project would be let in, or into its line: asked before anything is done for it.
    func hasRoom(for project: ProjectID) -> Bool {
        state.withLock { state in
            guard state.waitingCount > 0 else { return true }
            return state.waitingCount < Self.maximumWaiting
                && state.lanes[project]?.isFull(at: clock()) != true
        }
    }

    /// Waits for a place; whoever gets one gives it back with ``leave(_:byteCount:)``.
    ///
    /// - Returns: false when too many of the project's events, or of all, wait already.
    func enter(_ project: ProjectID, byteCount: Int) async -> Bool {
        let now = clock()
        let width = isBehind() ? Self.widening : 1
        switch state.withLock({ $0.arrive(project, byteCount, at: now, width) }) {
        case .entered: return true
        case .refused: return false
        case .mustWait: break
        }
        await withCheckedContinuation { turn in
            let admitted = state.withLock { state in
                state.add(Waiter(turn: turn, byteCount: byteCount, since: now), of: project)
                // A place may have become free since the look above.
                return state.admitNext(at: now)
            }
            for waiter in admitted { waiter.resume() }
        }
        return true
    }

    /// Gives a place back, to the next in turn.
    func leave(_ project: ProjectID, byteCount: Int) {
        let now = clock()
        let admitted = state.withLock { state in
            state.byteCount -= byteCount
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
        _ project: ProjectID, _ byteCount: Int, at now: UInt64, _ width: Int
    ) -> FairShare.Arrival {
        self.width = width
        if project != lastProject {
            if lastProject != nil { isSharedUntil = now + FairShare.memory }
            lastProject = project
        }
        guard self.byteCount + byteCount <= FairShare.maximumBytes else { return .refused }
        let lane = lanes[project] ?? FairShare.Lane()
        if ring.isEmpty, hasPlace(lane, at: now) {
            lanes[project, default: lane].underWay += 1
            underWay += 1
            self.byteCount += byteCount
            return .entered
        }
        return waitingCount < FairShare.maximumWaiting && !lane.isFull(at: now) ? .mustWait : .refused
    }

    private func hasPlace(_ lane: FairShare.Lane, at now: UInt64) -> Bool {
        underWay < FairShare.places * width
            && lane.underWay < (now < isSharedUntil ? FairShare.placesOfOne : FairShare.places) * width
    }

    fileprivate mutating func add(_ waiter: FairShare.Waiter, of project: ProjectID) {
        if lanes[project, default: FairShare.Lane()].waitingCount == 0 { ring.append(project) }
        lanes[project, default: FairShare.Lane()].waiters.append(waiter)
        waitingCount += 1
        byteCount += waiter.byteCount
    }

    /// Hands out free places, one to each project before anyone gets a second.
    fileprivate mutating func admitNext(at now: UInt64) -> [CheckedContinuation<Void, Never>] {
        var admitted: [CheckedContinuation<Void, Never>] = []
        var passed = 0
        while underWay < FairShare.places * width, passed < ring.count {
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
        return waiter
    }

    /// Forgets a project that has nothing here any more.
    fileprivate mutating func removeIdle(_ project: ProjectID) {
        if let lane = lanes[project], lane.underWay == 0, lane.waitingCount == 0 { lanes[project] = nil }
    }
}
