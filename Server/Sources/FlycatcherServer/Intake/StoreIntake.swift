// Takes in one event as old clients send it (protocol section 2.1).

import Compression
import FlycatcherWire
import Hummingbird
import Ingest
import Model

extension Intake {
    /// Takes the body of the store endpoint in.
    ///
    /// - Parameter project: the project that the path names; nil takes the key's own.
    func takeStoreBody(
        _ request: Request, project: ProjectID?, from client: String?, _ visit: inout IntakeVisit
    ) async throws -> EventID {
        guard let sender = try IntakeKeys.sender(of: request) else { throw IntakeError.missingAuthentication }
        let entry = try await admit(sender.key, to: project, &visit)
        try refuseUnread(entry, category: "error", after: visit.wait)
        var body = WholeBody()
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.eventBytes, into: &body)
        visit.hasReadBody = true
        let policy = projects.policy(of: entry.project.id)
        let arrival = Arrival(
            project: entry.project.id, key: entry.key.id, receivedAt: visit.receivedAt, endpoint: .store,
            clientAddress: client, clientName: sender.clientName, rules: policy.grouping,
            scrubbing: policy.scrubbing, filters: policy.filters)
        let event = try Self.event(in: body.bytes)
        let limits = quotas.admit("error", from: entry)
        guard limits.isEmpty else { throw IntakeError.rateLimited(limits) }
        return try await take(event, arrival, &visit.reading)
    }

    /// Takes the event in the query of a picture that a browser asks for.
    func takeStoreQuery(
        _ request: Request, project: ProjectID, from client: String?, _ visit: inout IntakeVisit
    ) async throws {
        let entry = try await sender(of: request, to: project, of: "error", &visit)
        guard let data = FormFields(request.uri.query ?? "")["sentry_data"] else {
            throw IntakeError.emptyBody
        }
        // A plus sign that stood for itself has become a blank.
        let text = Array(data.replacing(" ", with: "+").utf8)
        let event = try Self.event(in: data.hasPrefix("{") ? Array(data.utf8) : text)
        try count("error", against: entry)
        _ = try await take(event, arrival(entry, from: client, visit), &visit.reading)
    }

    /// Counts what is accepted and not kept.
    func passOver(
        _ type: String, _ request: Request, project: ProjectID, _ visit: inout IntakeVisit
    ) async throws {
        let entry = try await sender(of: request, to: project, of: "default", &visit)
        var body = WholeBody()
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.eventBytes, into: &body)
        visit.hasReadBody = true
        count(Self.unsupported(type), arrival(entry, from: nil, visit), &visit.reading)
    }

    /// The event's JSON: the body itself, base64 of it, or base64 of it deflated.
    static func event(in body: [UInt8]) throws -> [UInt8] {
        guard let first = body.first(where: { !isBlank($0) }) else { throw IntakeError.emptyBody }
        if first == UInt8(ascii: "{") { return body }
        guard let decoded = Base64.decode(body), let head = decoded.first else { throw IntakeError.badBase64 }
        return head == UInt8(ascii: "{") ? decoded : try inflate(decoded)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func inflate(_ packed: [UInt8]) throws -> [UInt8] {
        var body = WholeBody()
        do {
            let decoder = try StreamDecoder(.deflate)
            try packed.withUnsafeBytes { raw in
                try decoder.decode(raw) { piece in
                    body.consume(piece)
                    guard body.bytes.count <= IntakeLimits.eventBytes else {
                        throw IntakeError.bodyTooLarge(limit: IntakeLimits.eventBytes)
                    }
                }
            }
            try decoder.finish()
        } catch let error as DecompressionError {
            throw IntakeError.badBody(error)
        }
        return body.bytes
    }
}
