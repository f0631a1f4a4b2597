// Keeps what quotas have counted beyond the end of the server, however it ends.

import FlycatcherWire
import Logging
import Model
import Synchronization

extension QuotaBook {
    /// Reads what was counted before the server was started, and what was accepted after that was stored.
    func load() async throws {
        let counts = try await store.quotaCounts()
        let marks = counts.compactMap { count in count.mark.map { (quota: count.quota, mark: $0) } }
        let sums = try await store.accepted(in: marks.map(\.mark.range))
        let second = self.second
        state.withLock { state in
            for count in counts {
                let meter = QuotaMeter(window: count.window, used: count.used)
                state.meters[state.place(of: count.quota)].meter = meter
            }
            for (marked, sum) in zip(marks, sums) {
                guard let hour = sum.lastHour, sum.count > marked.mark.accepted else { continue }
                state.meters[state.place(of: marked.quota)].late = (
                    sum.count - marked.mark.accepted, min(second, (hour + 1) * 3_600 - 1)
                )
            }
        }
    }

    /// Stores what was counted since the last time; what the store does not take is kept for the next time.
    func save() async {
        do {
            try await keep(state.withLock { $0.changedQuotas })
        } catch {
            logger.warning(
                "could not store the counts of quotas, keeping them for the next try", error: error)
        }
    }

    /// Stores every count, when nothing can be added any more.
    func saveLast() async {
        state.withLock { state in
            for place in state.meters.indices { state.meters[place].isChanged = true }
        }
        await save()
    }

    private func keep(_ quotas: [(quota: Quota, project: ProjectID)]) async throws {
        guard !quotas.isEmpty else { return }
        let moment = now()
        let second = moment.microseconds / 1_000_000
        let ranges = quotas.map { $0.quota.acceptedRange(in: $0.project, sinceHour: moment.hour - 1) }
        // Before the counts, which then know of all that is accepted by now. What is on its way between the two is in
        // both: a server that is killed counts it twice rather than not at all.
        let sums = try await store.accepted(in: ranges)
        let marks = zip(ranges, sums).map { QuotaMark(range: $0, accepted: $1.count) }
        let counts = state.withLock { state in
            zip(quotas, marks).map { state.takeCount(of: $0.quota, at: second, mark: $1) }
        }
        do {
            try await store.setQuotaCounts(counts, at: moment)
        } catch {
            state.withLock { state in
                for count in counts { state.meters[state.place(of: count.quota)].isChanged = true }
            }
            throw error
        }
    }
}

extension QuotaBook.State {
    /// The quotas that have counted something since they were stored, each with a project whose it is.
    fileprivate var changedQuotas: [(quota: Quota, project: ProjectID)] {
        var found: [Int: (quota: Quota, project: ProjectID)] = [:]
        for gate in gates.values {
            for (quota, place) in gate.quotas where meters[place].isChanged {
                found[place] = (quota, gate.entry.project.id)
            }
        }
        return Array(found.values)
    }

    fileprivate mutating func takeCount(of quota: Quota, at second: Int64, mark: QuotaMark) -> QuotaCount {
        let place = place(of: quota.name)
        meters[place].isChanged = false
        meters[place].meter.advance(to: quota.window(at: second), of: quota)
        let meter = meters[place].meter
        let end = quota.end(ofWindow: meter.window + quota.savedWindows)
        return QuotaCount(
            quota: quota.name, window: meter.window, endsAt: end + Self.memory, used: meter.used,
            mark: mark)
    }

    /// Seconds for which a count is kept after its window has ended: its mark says what came after it.
    private static let memory: Int64 = 31 * 86_400
}

extension Quota {
    /// What outcomes say of what it counts.
    fileprivate func acceptedRange(in project: ProjectID, sinceHour hour: Int64) -> AcceptedRange {
        switch subject {
        case .installation: AcceptedRange(project: nil, key: nil, sinceHour: hour)
        case .project(let project): AcceptedRange(project: project, key: nil, sinceHour: hour)
        case .key(let key): AcceptedRange(project: project, key: key, sinceHour: hour)
        }
    }
}
