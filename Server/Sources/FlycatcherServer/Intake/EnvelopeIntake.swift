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
        if let sender = try IntakeKeys.sender(of: request) {
            visit.clientName = sender.clientName
            try refuseUnread(try await admit(sender.key, to: project, &visit), after: visit.wait)
        }
        var sink = EnvelopeSink(intake: self, project: project, visit: visit)
        // What the envelope itself says counts also when it is refused.
        defer { visit.entry = sink.visit.entry }
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.unpackedBytes, packedLimit: envelopeBytes, into: &sink)
        visit.hasReadBody = true
        let delivery = try await sink.finish()
        guard let entry = sink.visit.entry else { throw IntakeError.missingAuthentication }
        visit.entry = entry
        return try await take(delivery, for: entry, from: client, &visit)
    }

    private func take(
        _ delivery: EnvelopeDelivery, for entry: ProjectEntry, from client: String?,
        _ visit: inout IntakeVisit
    ) async throws -> EventID? {
        let header = delivery.envelope.header
        if header.hasInvalidEventID { throw IntakeError.badEventID }
        let policy = projects.policy(of: entry.project.id)
        let arrival = Arrival(
            project: entry.project.id, key: entry.key.id, receivedAt: visit.receivedAt, endpoint: .envelope,
            eventID: header.eventID, sentAt: header.sentAt, clientAddress: client,
            clientName: visit.clientName, rules: policy.grouping, scrubbing: policy.scrubbing,
            filters: policy.filters)
        var parcel = Parcel(arrival)
        var event: [UInt8]?
        for (index, item) in delivery.envelope.items.enumerated()
        where mayTake(item.header.type, arrival, &visit) {
            switch (item.header.type, item.payload) {
            case ("event", .kept(let payload)) where event == nil: event = payload
            case ("event", _):
                count(Outcome(.invalid, category: "error", reason: "second_event"), arrival, &visit.reading)
            case ("client_report", .kept(let payload)): takeClientReport(payload, arrival)
            case ("attachment", _) where item.header.contentType != IntakeLimits.placeholderType:
                parcel.attach(
                    delivery.file(ofItem: index), named: item.header.filename, type: item.header.contentType,
                    kind: item.header.attachmentType)
            case (let type, .kept(let payload)):
                try take(payload, ofType: type, arrival, into: &parcel, &visit.reading)
            case (let type, _): count(Self.unsupported(type), arrival, &visit.reading)
            }
        }
        return try await take(event, arrival, parcel, &visit.reading)
    }

    private func take(
        _ event: [UInt8]?, _ arrival: Arrival, _ parcel: Parcel, _ reading: inout IngestReading
    ) async throws -> EventID? {
        if let event { return try await take(event, arrival, with: parcel, &reading) }
        var parcel = parcel
        if parcel.enclosures.event == nil, !parcel.files.isEmpty {
            countAttachments(of: parcel, .invalid, reason: "missing_event_id")
            parcel.detachAll()
        }
        try await store(nil, parcel, &reading)
        return parcel.enclosures.event
    }
}

/// An envelope, and the files that came in it.
private struct EnvelopeDelivery {
    let envelope: Envelope
    let uploads: [Int: FileUpload]

    /// An item without bytes has sent none on.
    func file(ofItem index: Int) -> FinishedUpload {
        (uploads[index] ?? FileUpload()).finished()
    }
}

/// Reads an envelope and, as soon as its header is there, finds out whose it is.
private struct EnvelopeSink: BodySink {
    private let intake: Intake
    private let project: ProjectID
    private static let names = Recollection<DSN>()

    private var parser = EnvelopeParser(
        limits: EnvelopeLimits(keptBytes: IntakeLimits.keptBytes), policy: IntakeLimits.policy)
    private var hasJudgedHeader = false
    /// By the place of their item.
    private var uploads: [Int: FileUpload] = [:]
    private var currentItem = 0
    private var uploadedBytes = 0
    /// How the request came, and whose it is as soon as that is known.
    private(set) var visit: IntakeVisit

    init(intake: Intake, project: ProjectID, visit: IntakeVisit) {
        self.intake = intake
        self.project = project
        self.visit = visit
    }

    var keptByteCount: Int { parser.keptByteCount }

    mutating func consume(_ piece: Span<UInt8>) throws {
        do {
            try parser.consume(piece)
        } catch {
            throw IntakeError.badEnvelope(error)
        }
        for piece in parser.takePassed() { try take(piece) }
    }

    private mutating func take(_ piece: EnvelopePiece) throws {
        uploadedBytes += piece.bytes.count
        guard uploadedBytes <= IntakeLimits.attachmentBytes else {
            throw IntakeError.bodyTooLarge(limit: IntakeLimits.attachmentBytes)
        }
        if piece.item != currentItem {
            // One of many that came in one small body must not wait for the next pause.
            if var upload = uploads.removeValue(forKey: currentItem) {
                try upload.settleAtOnce(in: intake.files)
                uploads[currentItem] = upload
            }
            currentItem = piece.item
        }
        try uploads[piece.item, default: FileUpload()].append(piece.bytes, in: intake.files)
    }

    mutating func pause() async throws {
        try await judgeHeader()
        guard var upload = uploads[currentItem], upload.isToSettle else { return }
        uploads[currentItem] = nil
        try await upload.settle(in: intake.files)
        uploads[currentItem] = upload
    }

    private mutating func judgeHeader() async throws {
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

    mutating func finish() async throws -> EnvelopeDelivery {
        let envelope: Envelope
        do {
            envelope = try parser.finish()
        } catch {
            throw IntakeError.badEnvelope(error)
        }
        try await pause()
        return EnvelopeDelivery(envelope: envelope, uploads: uploads)
    }
}
