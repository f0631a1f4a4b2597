// Takes in what browsers report by themselves (protocol section 20).

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Model

extension Intake {
    private static let reportTypes: Set<String> = [
        "application/csp-report", "application/json", "application/reports+json",
        "application/expect-ct-report",
        "application/expect-ct-report+json", "application/expect-staple-report",
    ]

    /// Takes a report, or several, and stores an event for each.
    func takeSecurityReport(
        _ request: Request, project: ProjectID, from client: String?, _ visit: inout IntakeVisit
    ) async throws {
        let entry = try await sender(of: request, to: project, of: "security", &visit)
        let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased()
        guard Self.reportTypes.contains(type.filter { $0 != " " }) else {
            throw IntakeError.unknownReportType
        }
        var body = WholeBody()
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.eventBytes, into: &body)
        visit.hasReadBody = true
        let query = FormFields(request.uri.query ?? "")
        let circumstances = SecurityReport.Circumstances(
            release: query["sentry_release"], environment: query["sentry_environment"],
            userAgent: request.headers[.userAgent])
        let contents: SecurityReport.Contents
        do {
            contents = try SecurityReport.read(body.bytes, circumstances)
        } catch {
            throw IntakeError.badItem(error)
        }
        let arrival = arrival(entry, from: client, visit)
        if contents.ignoredCount > 0 {
            let filter = FilterID.browserExtensions
            filterLog.note(
                FilterNote(
                    project: arrival.project, filter: filter, count: contents.ignoredCount, title: "",
                    at: arrival.receivedAt))
            count(
                Outcome(.filtered, category: "security", reason: filter.rawValue), arrival, &visit.reading,
                quantity: contents.ignoredCount)
        }
        count(
            Outcome(.invalid, category: "security", reason: "invalid_report"), arrival, &visit.reading,
            quantity: contents.invalidCount)
        for event in contents.events {
            try count("security", against: entry)
            _ = try await take(event, arrival, of: "security", &visit.reading)
        }
    }
}
