// The one organisation, under which everything is listed.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /organizations/`: the organisations that the caller sees, which is the one there is.
    func organizations(_ call: APICall) async throws -> APIResponse {
        APIResponse(.array([try await organizationShape(call)]))
    }

    /// `GET /organizations/{org}/`.
    func organization(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        return APIResponse(try await organizationShape(call))
    }

    /// Refuses a path that names another organisation; slug and id both name it.
    func requireOrganization(_ call: APICall) throws(APIError) {
        let name = call["org"]
        guard name == organization.slug || name == String(organization.id) else {
            throw .notFound("organization \(name)")
        }
    }

    /// The organisation was made together with its first project.
    private func organizationShape(_ call: APICall) async throws -> JSONValue {
        let createdAt = try await store.projects().first?.createdAt ?? call.request.now
        return OrganizationShape(organization: organization, createdAt: createdAt, publicURL: publicURL).json
    }
}
