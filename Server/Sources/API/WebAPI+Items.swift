// Feedback, monitors, sessions and traces.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /projects/{org}/{project}/user-feedback/`: what users said, newest first.
    func userFeedback(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let limit = try call.request.limit(default: 25)
        let found = try await store.feedback(
            of: project.id, before: Timestamp(microseconds: .max), limit: limit)
        return APIResponse(.array(found.map { FeedbackShape($0).json }))
    }

    /// `GET /organizations/{org}/monitors/`: jobs that are watched, of all projects or of those that `project` names.
    func monitors(_ call: APICall) async throws -> APIResponse {
        APIResponse(.array(try await monitorsAskedFor(call).map { MonitorShape($0).json }))
    }

    /// `GET /organizations/{org}/monitors/{monitor}/checkins/`: its runs, newest first.
    func checkIns(_ call: APICall) async throws -> APIResponse {
        let name = call["monitor"].lowercased()
        guard let monitor = try await monitorsAskedFor(call).first(where: { $0.slug.description == name })
        else {
            throw APIError.notFound("monitor \(call["monitor"])")
        }
        let runs = try await store.checkIns(of: monitor.id, limit: try call.request.limit(default: 25))
        return APIResponse(.array(runs.map { CheckInShape($0).json }))
    }

    private func monitorsAskedFor(_ call: APICall) async throws -> [Monitor] {
        try requireOrganization(call)
        let names = call.request.parameters("project").filter { $0 != "-1" }
        let monitors = try await store.monitors(of: nil)
        guard !names.isEmpty else { return monitors }
        return monitors.filter { monitor in
            names.contains { $0 == monitor.projectSlug || $0 == monitor.project.description }
        }
    }

    /// `GET /projects/{org}/{project}/sessions/`: how its releases fared, by hour, within `statsPeriod`.
    func sessions(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let days: Int64 = 7
        let hours = try await store.releaseHours(
            of: project.id, sinceHour: call.request.now.hour - days * 24 + 1)
        return APIResponse(.array(hours.map { ReleaseHourShape($0).json }))
    }

    /// `GET /projects/{org}/{project}/trace/{trace}/`: what is stored of a trace, in the order of time.
    func trace(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        guard let trace = TraceID(call["trace"]) else {
            throw APIError.badRequest("a trace id has 32 hexadecimal digits, unlike \(call["trace"])")
        }
        let items = try await store.traceItems(of: trace, in: project.id)
        return APIResponse(.array(items.map { TraceItemShape($0).json }))
    }
}
