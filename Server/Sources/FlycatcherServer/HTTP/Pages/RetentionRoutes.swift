// How long a project keeps its events, and how much.

import Hummingbird
import Model
import Web

extension Composition {
    /// `/projects/NAME/retention/`.
    func addRetentionRoutes(to pages: RouterGroup<FlycatcherRequestContext>) {
        pages.get("projects/{project}/retention") { request, context in
            let project = try await project(request, context)
            let limits = try await store.projectSettings()[project.id]?.retention ?? RetentionLimits()
            return try await retentionPage(of: project, RetentionFields(limits), context)
        }
        pages.post("projects/{project}/retention") { request, context in
            try await changeRetention(request, context)
        }
    }

    private func changeRetention(
        _ request: Request, _ context: FlycatcherRequestContext
    ) async throws -> Response {
        guard try session(request, context).user.role != .member else {
            throw PageError.forbidden(
                "Only managers and owners change how long events stay. Ask one of them.")
        }
        let project = try await project(request, context)
        let form = context.form
        let fields = RetentionFields(
            days: form["days"] ?? "", attachmentDays: form["attachment_days"] ?? "",
            megabytes: form["megabytes"] ?? "")
        guard let limits = fields.limits else {
            return try await retentionPage(of: project, fields, failure: RetentionFields.rule, context)
        }
        let saved = try await store.changeSettings(of: project.id) { $0.retention = limits }
        return try await retentionPage(of: project, RetentionFields(saved.retention), isDone: true, context)
    }

    private func retentionPage(
        of project: Project, _ fields: RetentionFields, failure: String? = nil, isDone: Bool = false,
        _ context: FlycatcherRequestContext
    ) async throws -> Response {
        let usage = try await store.usage()
        let figures = retentionStatus.snapshot
        let circumstances = RetentionPage.Circumstances(
            days: configuration.retention.days, attachmentDays: configuration.retention.attachmentDays,
            bytes: configuration.retention.budget.bytes(
                ofDisk: Machine.Disk(of: configuration.dataFolder)?.byteCount),
            usage: (project: usage[project.id], whole: usage.whole),
            removed: (aged: figures.agedEvents, crowded: figures.crowdedEvents),
            removedAttachments: (aged: figures.agedAttachments, crowded: figures.crowdedAttachments),
            isWorking: figures.isWorking, finishedAt: figures.finishedAt,
            isOverBudget: figures.overBudget.contains(project.id) || figures.overBudget.contains(nil))
        let page = RetentionPage(
            project, form: fields, failure: failure, isDone: isDone, circumstances,
            context: try await pageContext(context))
        return html(page, status: failure == nil ? .ok : .unprocessableContent)
    }
}
