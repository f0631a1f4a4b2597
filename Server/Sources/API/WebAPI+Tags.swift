// How an issue's events spread over its tags.

import Model

extension WebAPI {
    /// `GET /organizations/{org}/issues/{issue}/tags/`.
    func tags(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let facets = try await store.tagFacets(of: issue.id, valueLimit: 10)
        return APIResponse(.array(facets.map { TagShape(facet: $0).json }))
    }

    /// `GET /organizations/{org}/issues/{issue}/tags/{key}/`.
    func tag(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let facets = try await store.tagFacets(of: issue.id, valueLimit: 100)
        guard let facet = facets.first(where: { $0.key == call["key"] }) else {
            throw APIError.notFound("tag \(call["key"])")
        }
        return APIResponse(TagShape(facet: facet).json)
    }
}
