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
    let quotas: QuotaBook
    let pipeline: EventPipeline
    let logger: Logger

    init(_ composition: Composition) {
        store = composition.store
        projects = composition.projects
        outcomes = composition.outcomes
        quotas = composition.quotas
        logger = composition.logger
        pipeline = EventPipeline(clock: monotonicNanoseconds, pack: Zstd.compress)
    }

    /// Takes one event in and stores it.
    ///
    /// - Returns: the event's id, once the event is on disk, grouped and visible.
    func take(_ payload: [UInt8], _ arrival: Arrival, _ reading: inout IngestReading) async throws -> EventID
    {
        let digest = pipeline.process(payload, arrival)
        reading.stepNanoseconds = digest.stepNanoseconds
        let event: GroupedEvent
        switch digest.result {
        case .success(let grouped): event = grouped
        case .failure(let drop):
            if drop.outcome.kind == .filtered { quotas.refund("error", key: arrival.key) }
            throw IntakeError.dropped(drop)
        }
        guard event.type != .transaction else {
            count(Self.unsupported("transaction"), arrival, &reading)
            quotas.refund("error", key: arrival.key)
            return event.id
        }
        return try await keep(event, arrival, &reading)
    }

    /// Stores an event that was counted by its quotas; what is not stored is taken back.
    private func keep(
        _ event: GroupedEvent, _ arrival: Arrival, _ reading: inout IngestReading
    ) async throws -> EventID {
        do {
            // Somebody does not want to hear of it; whoever sent it has done nothing wrong.
            guard let recording = try await record(event) else {
                reading.recordDrop("discarded-hash")
                quotas.refund("error", key: arrival.key)
                return event.id
            }
            if recording.isDuplicate { quotas.refund("error", key: arrival.key) }
            if recording.isDuplicate { reading.duplicates += 1 } else { reading.stored += 1 }
            return event.id
        } catch {
            quotas.refund("error", key: arrival.key)
            throw error
        }
    }

    /// Nil for an event of a discarded issue, which the store has counted.
    private func record(_ event: GroupedEvent) async throws -> Recording? {
        do {
            return try await store.record(event)
        } catch StoreError.discarded {
            return nil
        } catch StoreError.overloaded {
            throw IntakeError.overloaded
        } catch {
            logger.error("could not store an event", error: error)
            throw IntakeError.unavailable
        }
    }

    /// Something that is taken without complaint but not kept.
    static func unsupported(_ type: String) -> Outcome {
        Outcome(.filtered, category: IntakeLimits.category(ofItem: type), reason: "unsupported")
    }

    func count(_ outcome: Outcome, _ arrival: Arrival, _ reading: inout IngestReading) {
        outcomes.count(outcome, project: arrival.project, key: arrival.key)
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
        if let origin = visit.origin, let origins = projects.policy(of: entry.project.id).origins,
            !origins.cover(origin)
        {
            throw .foreignOrigin
        }
        return entry
    }
}
