// Projects: the list, making one, connecting an app.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/projects/…`.
    func addProjectRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects") { request, context in
            _ = try session(request, context)
            return html(ProjectListPage(context: try await pageContext(context)))
        }
        pages.post("projects") { request, context in
            try await makeProject(request, context)
        }
        addReportsPage(to: pages)
        pages.get("projects/{project}/setup") { request, context in
            let project = try await project(request, context)
            guard let dsn = try await dsn(of: project) else {
                throw PageError.notFound("A key of this project")
            }
            let page = try await ProjectSetupPage(
                project, dsn: dsn, platform: FormFields(request.uri.query ?? "")["platform"], store: store,
                context: try await pageContext(context))
            return html(page)
        }
        pages.get("projects/{project}/setup/status") { request, context in
            let project = try await project(request, context)
            let status = try await ProjectSetupPage.status(
                of: project, store: store, context: pageContext(context, projects: []))
            return Response(type: "application/json", bytes: status)
        }
    }

    private func addReportsPage(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/reports") { request, context in
            let project = try await project(request, context)
            return html(
                try await ReportsPage(project, store: store, context: try await pageContext(context)))
        }
    }

    private func makeProject(_ request: Request, _ context: FlycatcherRequestContext) async throws -> Response
    {
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden("Only managers and owners make projects. Ask one of them.")
        }
        let draft = ProjectDraft(name: context.form["name"] ?? "", platform: context.form["platform"] ?? "")
        do {
            let project = try await projects.make(draft, at: accounts.now())
            return redirect(to: "projects/\(project.slug)/setup/")
        } catch let error as ProjectDraftError {
            let pageContext = try await pageContext(context)
            let page = ProjectListPage(draft: draft, failure: "\(error)", context: pageContext)
            return html(page, status: .unprocessableContent)
        }
    }

    func project(_ request: Request, _ context: FlycatcherRequestContext) async throws -> Project {
        _ = try session(request, context)
        let slug = try context.parameters.require("project")
        guard let project = try await store.projects().first(where: { $0.slug == slug }) else {
            throw PageError.notFound("This project")
        }
        return project
    }
}
