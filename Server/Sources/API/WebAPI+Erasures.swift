// Forgetting persons.

import Model
import TapeJSON

extension WebAPI {
    /// `GET /organizations/{org}/erasures/`: the last hundred, newest first.
    func erasures(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let projects = try await store.projects()
        return APIResponse(
            .array(
                try await store.erasures(limit: Self.listedErasures).map { order in
                    ErasureShape(order: order, projects: projects).json
                }))
    }

    private static let listedErasures = 100

    /// `GET /organizations/{org}/erasures/{erasure}/`.
    func erasure(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        guard let id = ErasureID(text: call["erasure"]), let order = try await store.erasure(id) else {
            throw APIError.notFound("erasure \(call["erasure"])")
        }
        return APIResponse(ErasureShape(order: order, projects: try await store.projects()).json)
    }

    /// `POST /organizations/{org}/erasures/` with one of `email`, `userId` and `ipAddress`, and `project` to look in one only.
    func orderErasure(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let projects = try await store.projects()
        let wish = try ErasureWish(call.request.object(), projects)
        guard isPerson(wish.subject) else { throw APIError.badRequest("that is no such id or address") }
        do {
            let order = try await store.addErasure(
                of: wish.subject, in: wish.project, by: "token \(call.request.token ?? "")",
                at: call.request.now)
            return APIResponse(status: 202, body: ErasureShape(order: order, projects: projects).json.bytes)
        } catch StoreError.conflict {
            throw APIError.badRequest("\(ErasureOrder.maximumWaitingCount) erasures wait already")
        }
    }
}

/// Whom somebody wants to be forgotten.
private struct ErasureWish {
    let subject: ErasureSubject
    var project: ProjectID?

    init(_ body: JSONDocument, _ projects: [Project]) throws(APIError) {
        let members: [(JSONKey, ErasureSubject.Kind)] = [
            ("email", .email), ("userId", .userID), ("ipAddress", .address),
        ]
        let subjects = members.compactMap { key, kind in
            body[key].flatMap { body.string($0) }.map { ErasureSubject(kind, $0) }
        }
        guard let subject = subjects.first, subjects.count == 1 else {
            throw .badRequest("name one of email, userId and ipAddress, as a text")
        }
        self.subject = subject
        guard let node = body["project"], body.kind(node) != .null else { return }
        let name = body.string(node) ?? body.numberText(node) ?? ""
        project = projects.first { $0.isNamed(name) }?.id
        if project == nil { throw .notFound("project \(name)") }
    }
}
