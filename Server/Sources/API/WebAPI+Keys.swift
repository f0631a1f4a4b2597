// The client keys of a project.

import FlycatcherWire
import Model
import TapeJSON

extension WebAPI {
    /// `GET /projects/{org}/{project}/keys/`.
    func keys(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        return APIResponse(.array(try await store.projectKeys(of: project.id).map(json)))
    }

    /// `GET /projects/{org}/{project}/keys/{key}/`.
    func key(_ call: APICall) async throws -> APIResponse {
        APIResponse(json(try await requireKey(call)))
    }

    /// `POST /projects/{org}/{project}/keys/` with `name`, and `rateLimit` if it is to have one.
    func makeKey(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let wish = try KeyWish(call.request.object())
        do {
            var key = try await store.createKey(
                label: wish.label ?? "Default", of: project.id, at: call.request.now)
            if !wish.isOfLabelOnly { key = try await store.changeKey(key.id, of: project.id, wish.apply) }
            return APIResponse(status: 201, body: json(key).bytes)
        } catch StoreError.conflict {
            throw APIError.badRequest("a project has at most \(ProjectKey.maximumCount) keys")
        }
    }

    /// `PUT /projects/{org}/{project}/keys/{key}/` with any of `name`, `isActive`, `rateLimit` and `dateEnds`.
    func changeKey(_ call: APICall) async throws -> APIResponse {
        let key = try await requireKey(call)
        let wish = try KeyWish(call.request.object())
        return APIResponse(json(try await store.changeKey(key.id, of: key.project, wish.apply)))
    }

    /// `DELETE /projects/{org}/{project}/keys/{key}/`.
    func deleteKey(_ call: APICall) async throws -> APIResponse {
        let key = try await requireKey(call)
        try await store.deleteKey(key.id, of: key.project)
        return APIResponse(status: 204, body: [])
    }

    /// The key that the path names by its public part.
    private func requireKey(_ call: APICall) async throws -> ProjectKey {
        let project = try await requireProject(call)
        let name = call["key"]
        guard let key = try await store.projectKeys(of: project.id).first(where: { $0.publicKey == name })
        else {
            throw APIError.notFound("key \(name)")
        }
        return key
    }

    private func json(_ key: ProjectKey) -> JSONValue { KeyShape(key: key, publicURL: publicURL).json }
}

/// What somebody wants a key to be; what is not named stays.
private struct KeyWish: Sendable {
    var label: String?
    private var isEnabled: Bool?
    private var limit: KeyLimit??
    private var endsAt: Timestamp??

    init(_ body: JSONDocument) throws(APIError) {
        if let node = (body["name"] ?? body["label"]), let text = body.string(node) {
            guard let label = ProjectKey.label(text) else {
                throw .badRequest("name must have 1 to \(ProjectKey.maximumLabelLength) characters")
            }
            self.label = label
        }
        isEnabled = body["isActive"].flatMap { body.bool($0) }
        if let node = body["rateLimit"] { limit = .some(try Self.limit(node, body)) }
        if let node = body["dateEnds"] { endsAt = .some(try Self.end(node, body)) }
    }

    var isOfLabelOnly: Bool { isEnabled == nil && limit == nil && endsAt == nil }

    var apply: @Sendable (inout ProjectKey) -> Void {
        { key in
            if let label { key.label = label }
            if let isEnabled { key.isEnabled = isEnabled }
            if let limit { key.limit = limit }
            if let endsAt { key.endsAt = endsAt }
        }
    }

    /// None for `null`, and for a window or count of 0, as some tools write what they mean by none.
    private static func limit(_ node: JSONNode, _ body: JSONDocument) throws(APIError) -> KeyLimit? {
        if body.kind(node) == .null { return nil }
        guard let count = body.member("count", of: node).flatMap({ body.integer($0) }),
            let window = body.member("window", of: node).flatMap({ body.integer($0) })
        else { throw .badRequest("rateLimit must be null or hold count and window, a number of seconds") }
        if window == 0 { return nil }
        guard let limit = KeyLimit(count: count, windowSeconds: window) else {
            throw .badRequest("there is no rateLimit of \(count) in \(window) seconds")
        }
        return limit
    }

    private static func end(_ node: JSONNode, _ body: JSONDocument) throws(APIError) -> Timestamp? {
        if body.kind(node) == .null { return nil }
        guard let text = body.string(node), let end = Timestamp(text) else {
            throw .badRequest("dateEnds must be null or a time such as 2026-03-01T10:00:00Z")
        }
        return end
    }
}
