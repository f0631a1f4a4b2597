// Judges from memory whether what comes may come in.

import FlycatcherWire
import Logging
package import Model
import Synchronization

/// How much every quota has let in.
///
/// All quotas of a key are judged together, under one lock that is held for some additions: an item is counted by all
/// of them only if all of them have room. Counts are stored every few seconds and when the server ends; what was accepted
/// between that and a kill is found among the outcomes.
package final class QuotaBook: Sendable {
    let store: any Store
    let logger: Logger
    let now: @Sendable () -> Timestamp
    let plan: QuotaPlan
    let state = Mutex(State())

    struct State {
        var meters: [Metered] = []
        /// Where the meter of a quota is, by the quota's name.
        var places: [String: Int] = [:]
        /// By key; made when a key becomes known and whenever what was said of it changes.
        var gates: [Int64: Gate] = [:]
        var allowances: [ProjectID: ProjectAllowance] = [:]
        var forecasts: [ProjectID: Forecast] = [:]
    }

    /// What a quota has counted, and whether that has been stored.
    struct Metered {
        var meter = QuotaMeter()
        var isChanged = false
        /// What was accepted after its count was stored, and when; until a gate says how long its windows are.
        var late: (count: Int64, second: Int64)?
    }

    /// The quotas of a key, as they follow from what was said of it.
    struct Gate {
        let entry: ProjectEntry
        let quotas: [(quota: Quota, place: Int)]
    }

    /// What a project is expected to bring at most, in an hour.
    struct Forecast {
        let hour: Int64
        let count: Int64
    }

    init(
        _ plan: QuotaPlan, store: any Store, logger: Logger,
        now: @escaping @Sendable () -> Timestamp = { .now }
    ) {
        self.plan = plan
        self.store = store
        self.logger = logger
        self.now = now
    }

    /// One that is asked and never stored, as for measuring.
    package convenience init(_ plan: QuotaPlan, store: any Store) {
        self.init(plan, store: store, logger: Logger(label: "quotas") { _ in SwiftLogNoOpLogHandler() })
    }

    // MARK: Judging

    /// Counts an item, unless a quota is exhausted.
    ///
    /// - Returns: the quotas that have no room; none when the item may come in.
    package func admit(_ category: String, from entry: ProjectEntry) -> [RateLimit] {
        let second = self.second
        return state.withLock { state in
            let gate = state.gate(of: entry, plan)
            let limits = state.exhausted(gate, at: second) { $0.covers(category) }
            guard limits.isEmpty else { return limits }
            state.add(1, category, gate)
            return []
        }
    }

    /// Takes back an item that was counted and then not kept, for no fault of the quota.
    func refund(_ category: String, key: Int64) {
        state.withLock { state in
            guard let gate = state.gates[key] else { return }
            state.add(-1, category, gate)
        }
    }

    /// The exhausted quotas that refuse everything; then nothing needs to be read.
    func limitsOnEverything(from entry: ProjectEntry) -> [RateLimit] {
        limits(from: entry) { $0.categories.isEmpty }
    }

    /// The exhausted quotas that refuse a category.
    func limits(on category: String, from entry: ProjectEntry) -> [RateLimit] {
        limits(from: entry) { $0.covers(category) }
    }

    /// The quotas that never let anything in, which clients hear of with every answer.
    func standingLimits(from entry: ProjectEntry) -> [RateLimit] {
        let second = self.second
        return state.withLock { state in
            state.gate(of: entry, plan).quotas.compactMap {
                $0.quota.limit == 0 ? RateLimit($0.quota, at: second) : nil
            }
        }
    }

    private func limits(from entry: ProjectEntry, _ isMeant: (Quota) -> Bool) -> [RateLimit] {
        let second = self.second
        return state.withLock { state in
            let gate = state.gate(of: entry, plan)
            return state.exhausted(gate, at: second, isMeant)
        }
    }

    var second: Int64 { now().microseconds / 1_000_000 }

    // MARK: Looking

    /// A quota that has refused something lately.
    struct Refusal: Sendable {
        let quota: Quota
        let since: Timestamp
    }

    /// The quotas that refuse at the moment, the longest first.
    var refusals: [Refusal] {
        let second = self.second
        return state.withLock { state in
            var found: [Int: Refusal] = [:]
            for (quota, place) in state.gates.values.flatMap(\.quotas) where found[place] == nil {
                guard let since = state.meters[place].meter.refuses(at: second, quota) else { continue }
                found[place] = Refusal(quota: quota, since: Timestamp(microseconds: since * 1_000_000))
            }
            return found.sorted {
                ($0.value.since.microseconds, $0.key) < ($1.value.since.microseconds, $1.key)
            }
            .map(\.value)
        }
    }

    // MARK: Knowing

    /// Says which keys there are and what their projects may bring from now on.
    package func setAllowances(
        _ allowances: [ProjectID: ProjectAllowance], of entries: some Sequence<ProjectEntry>
    ) {
        state.withLock { state in
            if state.allowances != allowances {
                state.allowances = allowances
                state.gates = [:]
            }
            for entry in entries { _ = state.gate(of: entry, plan) }
        }
    }
}

extension QuotaBook.State {
    mutating func gate(of entry: ProjectEntry, _ plan: QuotaPlan) -> QuotaBook.Gate {
        if let known = gates[entry.key.id], known.entry.key.limit == entry.key.limit { return known }
        return setGate(of: entry, plan)
    }

    /// Makes the gate of a key anew; what its quotas have counted stays.
    @discardableResult
    mutating func setGate(of entry: ProjectEntry, _ plan: QuotaPlan) -> QuotaBook.Gate {
        let project = entry.project.id
        let quotas = plan.quotas(
            for: entry, allowances[project] ?? ProjectAllowance(), forecast: forecasts[project]?.count)
        let gate = QuotaBook.Gate(entry: entry, quotas: quotas.map { ($0, place(of: $0)) })
        gates[entry.key.id] = gate
        return gate
    }

    /// Where a quota's meter is, with what came late added to it.
    private mutating func place(of quota: Quota) -> Int {
        let place = place(of: quota.name)
        if let late = meters[place].late {
            meters[place].meter.advance(to: quota.window(at: late.second), of: quota)
            meters[place].meter.add(late.count)
            meters[place].late = nil
            meters[place].isChanged = true
        }
        return place
    }

    /// Where a quota's meter is; a new one if there is none.
    mutating func place(of name: String) -> Int {
        if let known = places[name] { return known }
        places[name] = meters.count
        // Stored soon, so that there is something to go by when the first items are all that comes before a kill.
        meters.append(QuotaBook.Metered(isChanged: true))
        return meters.count - 1
    }

    /// The quotas meant that have no room for one more item.
    mutating func exhausted(
        _ gate: QuotaBook.Gate, at second: Int64, _ isMeant: (Quota) -> Bool
    ) -> [RateLimit] {
        var limits: [RateLimit] = []
        for (quota, place) in gate.quotas where isMeant(quota) {
            meters[place].meter.advance(to: quota.window(at: second), of: quota)
            if meters[place].meter.hasRoom(for: 1, in: quota) { continue }
            meters[place].meter.refuse(at: second, of: quota)
            limits.append(RateLimit(quota, at: second))
        }
        return limits
    }

    mutating func add(_ quantity: Int64, _ category: String, _ gate: QuotaBook.Gate) {
        for (quota, place) in gate.quotas where quota.covers(category) {
            meters[place].meter.add(quantity)
            meters[place].isChanged = true
        }
    }
}
