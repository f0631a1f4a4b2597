// Turns the parameters of an issue list into a question for the store.

import Model

extension APIRequest {
    /// The projects that the parameter `project` names by id or slug; nil for all.
    func chosenProjects(among projects: [Project]) throws(APIError) -> Set<ProjectID>? {
        let names = parameters("project").filter { !$0.isEmpty && $0 != "-1" }
        guard !names.isEmpty, !parameters("project").contains("-1") else { return nil }
        var chosen: Set<ProjectID> = []
        for name in names {
            guard let project = projects.first(where: { $0.isNamed(name) }) else {
                throw .notFound("project \(name)")
            }
            chosen.insert(project.id)
        }
        return chosen.count == projects.count ? nil : chosen
    }

    /// The store's part of the question, and the rest of it.
    func issueQuery(of chosen: Set<ProjectID>?) throws(APIError) -> (IssueQuery, IssueFilter) {
        let terms = try SearchTerms(parameter("query"))
        guard parameters("environment").allSatisfy(\.isEmpty) else {
            throw .badRequest("filtering by environment is not supported yet")
        }
        let single = chosen.flatMap { $0.count == 1 ? $0.first : nil }
        let query = IssueQuery(
            project: single, status: terms.status, text: terms.text, sort: try sort(), after: try cursor(),
            limit: try limit())
        return (query, IssueFilter(projects: single == nil ? chosen : nil, window: try TimeWindow(self)))
    }

    /// Whether a switch such as `shortIdLookup` is on.
    func isSet(_ name: String) -> Bool {
        ["1", "true", "yes"].contains(parameter(name)?.lowercased())
    }

    private func sort() throws(APIError) -> IssueSort {
        guard let name = nonEmpty("sort") else { return .lastSeen }
        guard let sort = IssueSort(rawValue: name) else {
            let known = IssueSort.allCases.map(\.rawValue).joined(separator: ", ")
            throw .badRequest("the sort \(name) is not supported yet; there are \(known)")
        }
        return sort
    }

    private func cursor() throws(APIError) -> IssueCursor? {
        guard let text = nonEmpty("cursor"), text != PageLinks.firstPage else { return nil }
        guard let cursor = IssueCursor(text) else {
            throw .badRequest("the cursor \(text) is not one of ours")
        }
        return cursor
    }

    /// How many rows are wanted; more than a page holds is cut to that.
    func limit(default standard: Int = 100) throws(APIError) -> Int {
        guard let text = nonEmpty("limit") ?? nonEmpty("per_page") else { return standard }
        guard let limit = Int(text), limit > 0 else {
            throw .badRequest("limit must be a positive number, not \(text)")
        }
        return min(limit, 100)
    }
}
