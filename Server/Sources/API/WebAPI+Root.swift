// Who am I: the first thing that tools ask.

import Model

extension WebAPI {
    /// `GET /`: the API's version, and what the caller may do.
    func root(_ call: APICall) async throws -> APIResponse {
        let scopes = call.request.scopes.map { $0.sorted() } ?? ["event:read", "org:read", "project:read"]
        return APIResponse([
            "version": "0",
            "auth": ["scopes": .array(scopes.map { .string($0) })],
            "user": call.request.user.map { ["id": JSONValue(id: $0.id), "email": .string($0.email)] } ?? nil,
        ])
    }
}
