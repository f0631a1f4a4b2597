// Takes in an envelope: reads it as it arrives, finds out whose it is, stores its event (protocol section 6).

import FlycatcherWire
import Hummingbird
import Ingest
import Model

extension Intake {
    /// Takes an envelope in.
    ///
    /// - Returns: the id of its event, or the one in its header; nil when there is neither.
    func takeEnvelope(
        _ request: Request, project: ProjectID, from client: String?, _ visit: inout IntakeVisit
    ) async throws -> EventID? {
        let key = try IntakeKeys.key(of: request)
        if let key { try refuseUnread(try await admit(key, to: project, &visit)) }
        var sink = EnvelopeSink(intake: self, project: project, visit: visit)
        // What the envelope itself says counts also when it is refused.
        defer { visit.entry = sink.visit.entry }
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.unpackedBytes, into: &sink)
        visit.hasReadBody = true
        let envelope = try await sink.finish()
        guard let entry = sink.visit.entry else { throw IntakeError.missingAuthentication }
        visit.entry = entry
        return try await take(envelope, for: entry, from: client, &visit)
    }

    private func take(
        _ envelope: Envelope, for entry: ProjectEntry, from client: String?, _ visit: inout IntakeVisit
    ) async throws -> EventID? {
        if envelope.header.hasInvalidEventID { throw IntakeError.badEventID }
        let policy = projects.policy(of: entry.project.id)
        let arrival = Arrival(
            project: entry.project.id, key: entry.key.id, receivedAt: visit.receivedAt, endpoint: .envelope,
            eventID: envelope.header.eventID, sentAt: envelope.header.sentAt, clientAddress: client,
            rules: policy.grouping, scrubbing: policy.scrubbing)
        var id = envelope.header.eventID
        var hasEvent = false
        for item in envelope.items where mayTake(item.header.type, arrival, &visit) {
            guard case .kept(let payload) = item.payload else {
                count(Self.unsupported(item.header.type), arrival, &visit.reading)
                continue
            }
            if item.header.type == "client_report" {
                takeClientReport(payload, arrival)
            } else if hasEvent {
                count(Outcome(.invalid, category: "error", reason: "second_event"), arrival, &visit.reading)
            } else {
                hasEvent = true
                id = try await take(payload, arrival, &visit.reading)
            }
        }
        return id
    }
}

/// Reads an envelope and, as soon as its header is there, finds out whose it is.
private struct EnvelopeSink: BodySink {
    private let intake: Intake
    private let project: ProjectID
    private static let names = Recollection<DSN>()

    private var parser = EnvelopeParser(policy: IntakeLimits.policy)
    private var hasJudgedHeader = false
    /// How the request came, and whose it is as soon as that is known.
    private(set) var visit: IntakeVisit

    init(intake: Intake, project: ProjectID, visit: IntakeVisit) {
        self.intake = intake
        self.project = project
        self.visit = visit
    }

    mutating func consume(_ piece: Span<UInt8>) throws {
        do {
            try parser.consume(piece)
        } catch {
            throw IntakeError.badEnvelope(error)
        }
    }

    mutating func pause() async throws {
        guard !hasJudgedHeader, let header = parser.header else { return }
        hasJudgedHeader = true
        guard let text = header.dsn else {
            if visit.entry == nil { throw IntakeError.missingAuthentication }
            return
        }
        try await judge(text)
    }

    /// The DSN in the header must fit who sends, or says who does.
    private mutating func judge(_ text: String) async throws {
        let dsn: DSN
        do {
            dsn = try Self.names.meaning(of: text) { text throws(DSNError) in try DSN(text) }
        } catch {
            // Who sends is known from the request then, or nobody is.
            if visit.entry == nil { throw IntakeError.missingAuthentication }
            return
        }
        if let entry = visit.entry, entry.key.publicKey != dsn.publicKey {
            throw IntakeError.contradictoryKeys
        }
        guard dsn.projectID == project.description else { throw IntakeError.keyOfOtherProject }
        if visit.entry == nil { _ = try await intake.admit(dsn.publicKey, to: project, &visit) }
    }

    mutating func finish() async throws -> Envelope {
        let envelope: Envelope
        do {
            envelope = try parser.finish()
        } catch {
            throw IntakeError.badEnvelope(error)
        }
        try await pause()
        return envelope
    }
}
