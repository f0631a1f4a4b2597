// The projects, by slug or id.

import Model

extension WebAPI {
    /// `GET /organizations/{org}/projects/`.
    func projects(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let shapes = try await store.projects().map { projectShape($0).json }
        return APIResponse(.array(shapes))
    }

    /// `GET /projects/{org}/{project}/`.
    func project(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let settings = try await store.settings(of: project.id)
        let allowance = try await store.allowances()[project.id] ?? ProjectAllowance()
        let shape = SettingsShape(settings: settings, allowance: allowance)
        return APIResponse(projectShape(project).json.adding(shape.json))
    }

    /// The project that the path names.
    func requireProject(_ call: APICall) async throws -> Project {
        try requireOrganization(call)
        let name = call["project"]
        guard let project = try await store.projects().first(where: { $0.isNamed(name) }) else {
            throw APIError.notFound("project \(name)")
        }
        return project
    }

    private func projectShape(_ project: Project) -> ProjectShape {
        ProjectShape(project: project, organization: organization)
    }
}

extension Project {
    /// Whether a part of a path or a parameter means this project, by slug or id.
    func isNamed(_ name: String) -> Bool {
        slug == name || id.description == name
    }
}
