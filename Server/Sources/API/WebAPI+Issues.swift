// Lists of issues, and one issue in full.

import FlycatcherWire
import Model

extension WebAPI {
    /// `GET /organizations/{org}/issues/`: the issues of all projects, or of those that `project` names.
    func organizationIssues(_ call: APICall) async throws -> APIResponse {
        try requireOrganization(call)
        let projects = try await store.projects()
        return try await issues(call, of: try call.request.chosenProjects(among: projects), among: projects)
    }

    /// `GET /projects/{org}/{project}/issues/`.
    func projectIssues(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        return try await issues(call, of: [project.id], among: [project])
    }

    /// `GET /organizations/{org}/issues/{issue}/`.
    func issue(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        let facets = try await store.tagFacets(of: issue.id, valueLimit: 100)
        let month = try await StatsPeriod.month.stats(of: [issue], from: store, now: call.request.now)
        let shape = try await issueShape(call, stats: month)
        return APIResponse(IssueDetailShape(facets: facets).json(shape.json(issue)))
    }

    /// `GET /organizations/{org}/shortids/{issue}/`.
    func shortID(_ call: APICall) async throws -> APIResponse {
        let issue = try await requireIssue(call)
        return APIResponse([
            "organizationSlug": .string(organization.slug),
            "projectSlug": .string(issue.projectSlug),
            "groupId": JSONValue(id: issue.id),
            "shortId": JSONValue(id: issue.shortID),
            "group": try await issueShape(call).json(issue),
        ])
    }

    /// The issue that the path names by id or short id.
    func requireIssue(_ call: APICall) async throws -> Issue {
        try requireOrganization(call)
        let name = call["issue"]
        guard let issue = try await issue(named: name) else { throw APIError.notFound("issue \(name)") }
        return issue
    }

    private func issue(named name: String) async throws -> Issue? {
        if let id = Int64(name) { return try await store.issue(IssueID(id)) }
        guard let shortID = ShortID(name) else { return nil }
        return try await store.issue(shortID)
    }

    func issueShape(_ call: APICall, stats: IssueStats = .none) async throws -> IssueShape {
        let projects = Dictionary(try await store.projects().map { ($0.id, $0) }) { first, _ in first }
        return IssueShape(
            publicURL: publicURL, projects: projects, organization: organization, now: call.request.now,
            stats: stats)
    }

    // MARK: Lists

    private func issues(
        _ call: APICall, of chosen: Set<ProjectID>?, among projects: [Project]
    ) async throws -> APIResponse {
        if let hit = try await directHit(call) { return hit }
        let period = try StatsPeriod(parameter: call.request.parameter("groupStatsPeriod"))
        let (query, filter) = try call.request.issueQuery(of: chosen)
        let page = try await IssueListing.read(query, filter: filter, from: store)
        let stats = try await period?.stats(of: page.issues, from: store, now: call.request.now) ?? .none
        let shape = try await issueShape(call, stats: stats)
        return APIResponse(headers: headers(of: page, for: call), .array(page.issues.map { shape.json($0) }))
    }

    private func headers(of page: IssueListing, for call: APICall) -> [(name: String, value: String)] {
        let links = PageLinks(publicURL: publicURL, request: call.request, next: page.next?.description)
        guard let total = page.total else { return [links.header] }
        return [
            links.header, (name: "X-Hits", value: String(total)),
            (name: "X-Max-Hits", value: String(IssuePage.maximumTotal)),
        ]
    }

    // MARK: Direct hits

    /// The issues of an event or short id that was put in as the search, regardless of every filter.
    private func directHit(_ call: APICall) async throws -> APIResponse? {
        let text = call.request.parameter("query")?.split(whereSeparator: \.isWhitespace) ?? []
        guard text.count == 1, let text = text.first else { return nil }
        if let id = EventID(text) { return try await directHit(call, event: id) }
        guard call.request.isSet("shortIdLookup"), let shortID = ShortID(text),
            let issue = try await store.issue(shortID)
        else { return nil }
        return try await directHit(call, [issue], event: nil)
    }

    private func directHit(_ call: APICall, event id: EventID) async throws -> APIResponse? {
        var issues: [Issue] = []
        for summary in try await store.events(withID: id) {
            if let issue = try await store.issue(summary.issue) { issues.append(issue) }
        }
        return issues.isEmpty ? nil : try await directHit(call, issues, event: id)
    }

    /// Only a single hit is announced, so that pages may go straight to it.
    private func directHit(_ call: APICall, _ issues: [Issue], event: EventID?) async throws -> APIResponse {
        let shape = try await issueShape(call)
        let links = PageLinks(publicURL: publicURL, request: call.request, next: nil)
        let hits = (name: "X-Hits", value: String(issues.count))
        let mark = issues.count == 1 ? [(name: "X-Sentry-Direct-Hit", value: "1")] : []
        return APIResponse(
            headers: [links.header, hits] + mark, .array(issues.map { shape.json($0, matchingEvent: event) }))
    }
}
