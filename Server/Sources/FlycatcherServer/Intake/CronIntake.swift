// Takes in check-ins by URL, as shell scripts send them (protocol section 14).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Model
import TapeJSON

extension Intake {
    /// Takes a check-in from the path, the query and the body, if there is one.
    func takeCheckIn(
        _ request: Request, project: ProjectID, slug: String, pathKey: String?, from client: String?,
        _ visit: inout IntakeVisit
    ) async throws {
        let entry = try await sender(of: request, to: project, pathKey: pathKey, of: "monitor", &visit)
        var body = WholeBody()
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.checkInBytes, into: &body)
        visit.hasReadBody = true
        let arrival = arrival(entry, from: client, visit)
        var parcel = Parcel(arrival)
        do {
            let query = FormFields(request.uri.query ?? "")
            let payload = try Self.checkIn(slug, query, body.bytes)
            parcel.enclosures.checkIns = [try CheckInReader.read(payload, arrival)]
        } catch {
            throw IntakeError.badItem(error)
        }
        try count("monitor", against: entry)
        try await store(nil, parcel, &visit.reading)
    }

    /// The check-in as an item would hold it; the query wins over the body.
    private static func checkIn(
        _ slug: String, _ query: FormFields, _ body: [UInt8]
    ) throws(ItemFault) -> [UInt8] {
        var json = JSONDocument()
        if body.contains(where: { $0 > 0x20 }) {
            guard let sent = try? JSONDocument(parsing: body), sent.kind(sent.root) == .object else {
                throw .invalidJSON
            }
            json = sent
        }
        json.set("monitor_slug", of: json.root, to: json.makeString(slug))
        for name in ["status", "check_in_id", "environment", "release"] {
            if let value = query[name] { json.set(named: name, of: json.root, to: json.makeString(value)) }
        }
        if let seconds = query["duration"].flatMap(Double.init), seconds.isFinite {
            json.set("duration", of: json.root, to: json.makeNumber(seconds))
        }
        if json["check_in_id"] == nil { json.set("check_in_id", of: json.root, to: json.makeString(newRun)) }
        return json.serialized(json.root)
    }

    /// Without an identity, a run that ends is the latest one in progress; one that begins gets an identity.
    private static let newRun = String(repeating: "0", count: 32)
}
