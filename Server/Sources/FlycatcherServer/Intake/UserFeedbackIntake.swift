// Takes in what users say, as an endpoint of its own (protocol section 15).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Model
import TapeJSON

extension Intake {
    /// Takes a report as JSON or as a form, and gives it back as it is stored.
    func takeUserFeedback(
        _ request: Request, project: ProjectID, from client: String?, _ visit: inout IntakeVisit
    ) async throws -> FeedbackDraft {
        let entry = try await sender(of: request, to: project, of: "feedback", &visit)
        var body = WholeBody()
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.formBytes, into: &body)
        visit.hasReadBody = true
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        let arrival = arrival(entry, from: client, visit)
        let feedback: FeedbackDraft
        do {
            feedback = try FeedbackReader.readReport(
                isForm ? Self.json(ofForm: body.bytes) : body.bytes, arrival)
        } catch {
            throw IntakeError.badItem(error)
        }
        try count("feedback", against: entry)
        var parcel = Parcel(arrival)
        parcel.enclosures.feedback = [feedback]
        try await store(nil, parcel, &visit.reading)
        return feedback
    }

    private static func json(ofForm body: [UInt8]) -> [UInt8] {
        let form = FormFields(String(decoding: body, as: UTF8.self))
        var json = JSONDocument()
        for name in ["event_id", "name", "email", "comments"] {
            if let value = form[name] { json.set(named: name, of: json.root, to: json.makeString(value)) }
        }
        return json.serialized(json.root)
    }
}

extension FeedbackDraft {
    /// What is stored of it, for whoever sent it.
    var json: [UInt8] {
        var json = JSONDocument()
        let members = [
            ("id", id.description), ("event_id", event?.description ?? ""), ("name", name), ("email", email),
            ("comments", message), ("dateCreated", createdAt.description),
        ]
        for (name, value) in members { json.set(named: name, of: json.root, to: json.makeString(value)) }
        return json.serialized(json.root)
    }
}
