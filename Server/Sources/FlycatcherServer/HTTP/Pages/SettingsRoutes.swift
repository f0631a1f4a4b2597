// The settings of a project: whose pages may send, what counts as secret.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/projects/NAME/settings/…`.
    func addSettingsRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/settings") { request, context in
            let project = try await project(request, context)
            return redirect(to: "projects/\(project.slug)/settings/keys/")
        }
        addKeyRoutes(to: pages)
        pages.get("projects/{project}/settings/origins") { request, context in
            let project = try await project(request, context)
            let origins = try await store.settings(of: project.id).allowedOrigins.joined(separator: "\n")
            return html(OriginsPage(project, origins: origins, context: try await pageContext(context)))
        }
        pages.post("projects/{project}/settings/origins") { request, context in
            try await changeOrigins(request, context)
        }
        pages.get("projects/{project}/settings/scrubbing") { request, context in
            let project = try await project(request, context)
            let settings = try await store.settings(of: project.id).scrubbing
            return html(ScrubbingPage(project, settings: settings, context: try await pageContext(context)))
        }
        pages.post("projects/{project}/settings/scrubbing") { request, context in
            try await changeScrubbing(request, context)
        }
    }

    /// The project that the path names, for someone who may change it.
    func projectToChange(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Project {
        let project = try await project(request, context)
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden("Only managers and owners change settings. Ask one of them.")
        }
        return project
    }

    /// What is told once settings are saved.
    static let savedNews = "Saved. It holds from the next request on."

    private func changeOrigins(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let project = try await projectToChange(request, context)
        let text = context.form["origins"] ?? ""
        let lines = SettingsLines.origins(SettingsLines.lines(of: text))
        let isSound = lines.errors.isEmpty
        if isSound {
            _ = try await store.changeSettings(of: project.id) { $0.allowedOrigins = lines.entries }
        }
        let page = OriginsPage(
            project, origins: isSound ? lines.entries.joined(separator: "\n") : text, errors: lines.errors,
            news: isSound ? Self.savedNews : "", context: try await pageContext(context))
        return html(page, status: isSound ? .ok : .unprocessableContent)
    }

    private func changeScrubbing(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let project = try await projectToChange(request, context)
        let form = context.form
        let (typedWords, typedNames) = (
            SettingsLines.lines(of: form["words"] ?? ""), SettingsLines.lines(of: form["names"] ?? "")
        )
        let (words, names) = (SettingsLines.names(typedWords), SettingsLines.names(typedNames))
        var settings = ScrubbingSettings()
        settings.isOn = form["is_on"] != nil
        settings.removesAddresses = form["removes_addresses"] != nil
        let isSound = words.errors.isEmpty && names.errors.isEmpty
        settings.additionalWords = isSound ? words.entries : typedWords
        settings.safeNames = isSound ? names.entries : typedNames
        if isSound {
            let scrubbing = settings
            _ = try await store.changeSettings(of: project.id) { $0.scrubbing = scrubbing }
        }
        let page = ScrubbingPage(
            project, settings: settings, wordErrors: words.errors, nameErrors: names.errors,
            news: isSound ? Self.savedNews : "", context: try await pageContext(context))
        return html(page, status: isSound ? .ok : .unprocessableContent)
    }
}
