// Files that came with events.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /projects/{org}/{project}/events/{event}/attachments/`: the attachments, in the order they came.
    func attachments(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let found = try await store.attachments(of: try requireEventID(call), in: project.id)
        // Without any, whoever asks should hear whether there is such an event at all.
        if found.isEmpty { _ = try await requireEvent(call) }
        return APIResponse(.array(found.map { AttachmentShape($0).json }))
    }

    /// `GET /projects/{org}/{project}/events/{event}/attachments/{attachment}/`; with `?download=1` its content.
    func attachment(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        guard let id = AttachmentID(text: call["attachment"]),
            let found = try await store.attachment(id, of: try requireEventID(call), in: project.id)
        else { throw APIError.notFound("attachment \(call["attachment"])") }
        guard call.request.isSet("download") else { return APIResponse(AttachmentShape(found).json) }
        return APIResponse(contentOf: found)
    }
}
