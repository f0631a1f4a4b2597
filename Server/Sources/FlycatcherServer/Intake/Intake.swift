// Takes in what clients send: who may, what it holds, and what is done with it.

import Compression
import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Logging
import Model

/// The ingest endpoints' work, without their routes.
struct Intake: Sendable {
    let store: any Store
    let projects: ProjectDirectory
    let outcomes: OutcomeCounter
    let filterLog: FilterLog
    let quotas: QuotaBook
    let files: FileFolder
    let disk: DiskState
    let fairShare: FairShare
    let congestion: Congestion
    let pipeline: EventPipeline
    /// Bytes that an envelope may have as it comes.
    let envelopeBytes: Int
    let logger: Logger
    /// The project that is told of errors: those in storing what it is told make no further ones.
    private let ownProject: ProjectID?

    init(_ composition: Composition) {
        store = composition.store
        projects = composition.projects
        outcomes = composition.outcomes
        filterLog = composition.filterLog
        quotas = composition.quotas
        files = composition.files
        disk = composition.disk
        fairShare = composition.fairShare
        congestion = composition.congestion
        logger = composition.logger
        envelopeBytes = composition.configuration.envelopeBytes
        ownProject = composition.ownProject
        pipeline = EventPipeline(clock: monotonicNanoseconds, pack: Zstd.compress)
    }

    /// Takes one event in and stores it, with what came beside it.
    ///
    /// - Returns: the event's id, once the event is on disk, grouped and visible.
    func take(
        _ payload: [UInt8], _ arrival: Arrival, with parcel: Parcel? = nil, of category: String = "error",
        _ reading: inout IngestReading
    ) async throws -> EventID {
        guard await fairShare.enter(arrival.project, byteCount: payload.count) else {
            quotas.refund(category, key: arrival.key)
            if let parcel { try await storeRest(of: parcel, refused: .fairShare, &reading) }
            throw IntakeError.rateLimited([.fairShare])
        }
        defer { fairShare.leave(arrival.project, byteCount: payload.count) }
        let event: GroupedEvent
        do {
            event = try digest(payload, arrival, parcel, of: category, &reading)
        } catch IntakeError.dropped(.filtered(let hit)) {
            return try await leave(hit, arrival, parcel, &reading)
        }
        guard event.type != .transaction else {
            quotas.refund(category, key: arrival.key)
            return try await storeTransaction(payload, event, arrival, parcel, &reading)
        }
        return try await keep(event, arrival, parcel, of: category, &reading)
    }

    /// Stores what came as an event and says that it is a transaction.
    private func storeTransaction(
        _ payload: [UInt8], _ event: GroupedEvent, _ arrival: Arrival, _ parcel: Parcel?,
        _ reading: inout IngestReading
    ) async throws -> EventID {
        var parcel = parcel ?? Parcel(arrival)
        parcel.enclosures.event = event.id
        do {
            let transaction = try TraceReader.readTransaction(payload, arrival)
            parcel.enclosures.traceItems.append(TraceReader.item(transaction, event))
        } catch {
            count(Outcome(.invalid, category: "transaction", reason: error.reason), arrival, &reading)
            countAttachments(of: parcel, .invalid, reason: error.reason)
            parcel.detachAll()
        }
        try await store(nil, parcel, &reading)
        return event.id
    }

    /// Stores an event that was counted by its quotas; what is not stored is taken back.
    private func keep(
        _ event: GroupedEvent, _ arrival: Arrival, _ parcel: Parcel?, of category: String,
        _ reading: inout IngestReading
    ) async throws -> EventID {
        do {
            let recording = try await store(event, parcel, &reading)
            if recording?.isDuplicate ?? true { quotas.refund(category, key: arrival.key) }
            return event.id
        } catch {
            quotas.refund(category, key: arrival.key)
            throw error
        }
    }

    /// Stores what came beside an event that is refused, but for its attachments, which share its fate.
    private func storeRest(
        of parcel: Parcel, refused limit: RateLimit, _ reading: inout IngestReading
    ) async throws {
        var rest = parcel
        countAttachments(of: rest, .rateLimited, reason: limit.reason)
        rest.detachAll()
        if !rest.isEmpty { try await store(nil, rest, &reading) }
    }

    /// Leaves an event out that a filter has found, and keeps what came beside it but for its attachments.
    private func leave(
        _ hit: FilterHit, _ arrival: Arrival, _ parcel: Parcel?, _ reading: inout IngestReading
    ) async throws -> EventID {
        count(Drop.filtered(hit).outcome, arrival, &reading)
        var rest = parcel
        rest?.detachAll()
        if let rest, !rest.isEmpty { try await store(nil, rest, &reading) }
        return hit.event
    }

    /// Runs the pipeline; attachments share the fate of an event that it drops.
    ///
    /// - Parameter category: the data category whose quotas have counted it.
    func digest(
        _ payload: [UInt8], _ arrival: Arrival, _ parcel: Parcel?, of category: String,
        _ reading: inout IngestReading
    ) throws -> GroupedEvent {
        let digest = pipeline.process(payload, arrival)
        reading.stepNanoseconds = digest.stepNanoseconds
        switch digest.result {
        case .success(let event):
            if let hit = digest.archived { filterLog.note(hit, of: arrival.project, at: arrival.receivedAt) }
            return event
        case .failure(let drop):
            if case .filtered(let hit) = drop {
                filterLog.note(hit, of: arrival.project, at: arrival.receivedAt)
                quotas.refund(category, key: arrival.key)
            }
            if let parcel { countAttachments(of: parcel, drop.outcome.kind, reason: drop.reason) }
            throw IntakeError.dropped(drop)
        }
    }

    /// Stores an event, or none, with what came beside it, and returns when all of it is on disk.
    ///
    /// - Returns: nil without an event, and for one that nobody wants to hear of.
    @discardableResult
    func store(
        _ event: GroupedEvent?, _ parcel: Parcel?, _ reading: inout IngestReading
    ) async throws -> Recording? {
        // Somebody does not want to hear of it; whoever sent it has done nothing wrong.
        guard let recording = try await record(event, parcel) else {
            if event != nil { reading.recordDrop("discarded-hash") }
            return nil
        }
        if recording.isDuplicate { reading.duplicates += 1 } else { reading.stored += 1 }
        if !recording.isKept { reading.unkept += 1 }
        return recording
    }

    /// Nil without an event, and for one of a discarded issue, which the store has counted.
    private func record(_ event: GroupedEvent?, _ parcel: Parcel?) async throws -> Recording? {
        do {
            if let parcel, !parcel.isEmpty { return try await record(event, with: parcel) }
            guard let event else { return nil }
            return try await store.record(event)
        } catch StoreError.discarded {
            return nil
        } catch StoreError.overloaded {
            throw IntakeError.overloaded
        } catch {
            let isOwn = ownProject != nil && event?.project == ownProject
            logger.log(level: isOwn ? .warning : .error, "could not store what a client sent", error: error)
            throw IntakeError.unavailable
        }
    }

    /// Something that is taken without complaint but not kept.
    static func unsupported(_ type: String) -> Outcome {
        Outcome(.filtered, category: IntakeLimits.category(ofItem: type), reason: "unsupported")
    }

    func count(
        _ outcome: Outcome, _ arrival: Arrival, _ reading: inout IngestReading, quantity: Int64 = 1
    ) {
        guard quantity > 0 else { return }
        outcomes.count(outcome, project: arrival.project, key: arrival.key, quantity: quantity)
        reading.recordDrop(outcome.reason)
    }

    /// The project that a key lets events into.
    ///
    /// - Parameters:
    ///   - project: the project that the path names; nil takes the key's own.
    ///   - visit: how the request came; it learns whose it is as soon as that is known.
    func admit(
        _ publicKey: String, to project: ProjectID?, _ visit: inout IntakeVisit
    ) async throws(IntakeError) -> ProjectEntry {
        guard let entry = await projects.entry(forPublicKey: publicKey) else { throw .unknownKey }
        if let project, entry.project.id != project { throw .keyOfOtherProject }
        guard entry.key.isOpen(at: visit.receivedAt) else { throw .disabledKey }
        visit.entry = entry
        let policy = projects.policy(of: entry.project.id)
        if let origin = visit.origin, let origins = policy.origins, !origins.cover(origin) {
            throw .foreignOrigin
        }
        if let pattern = policy.filters.pattern(refusing: visit.client) {
            filterLog.note(
                FilterNote(
                    project: entry.project.id, filter: .address, pattern: pattern, title: "",
                    at: visit.receivedAt))
            throw .unwantedAddress
        }
        return entry
    }
}
