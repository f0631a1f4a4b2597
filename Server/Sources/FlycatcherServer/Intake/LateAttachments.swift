// Takes in attachments of an event that was sent before (protocol section 2).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Model

extension Intake {
    /// Takes the files of a form and keeps them with an event.
    func takeAttachments(
        _ request: Request, of event: EventID, project: ProjectID, from client: String?,
        _ visit: inout IntakeVisit
    ) async throws {
        let entry = try await sender(of: request, to: project, of: "attachment", &visit)
        guard disk.takesAttachments else { throw IntakeError.rateLimited([.noRoomForAttachments]) }
        guard let boundary = try MultipartForm.boundary(of: request) else {
            throw IntakeError.badForm(.noBoundary)
        }
        var sink = MultipartSink(boundary: boundary, files: files)
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.minidumpBytes, packedLimit: IntakeLimits.minidumpBytes, into: &sink)
        visit.hasReadBody = true
        var parcel = Parcel(arrival(entry, from: client, visit))
        parcel.enclosures.event = event
        for file in try sink.finish().files {
            try count("attachment", against: entry)
            parcel.attach(file.upload, named: file.header.filename, type: file.header.contentType)
        }
        try await store(nil, parcel, &visit.reading)
    }
}
