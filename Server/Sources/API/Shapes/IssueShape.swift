// How the API shows an issue.

import FlycatcherWire
import Model

/// Makes the API's form of issues within one answer.
struct IssueShape {
    let publicURL: String
    let projects: [ProjectID: Project]
    let organization: Organization
    let now: Timestamp
    var stats = IssueStats.none

    /// The API's form of one issue; `matchingEvent` is the event by whose id it was found.
    func json(_ issue: Issue, matchingEvent: EventID? = nil) -> JSONValue {
        identity(issue)
            .adding(state(issue))
            .adding(figures(issue))
            .adding(["matchingEventId": JSONValue(id: matchingEvent)])
    }

    private func identity(_ issue: Issue) -> JSONValue {
        [
            "id": JSONValue(id: issue.id),
            "shortId": JSONValue(id: issue.shortID),
            "title": .string(issue.facts.title),
            "culprit": .string(issue.facts.culprit),
            "permalink": .string("\(publicURL)/issues/\(issue.shortID)/"),
            "logger": nil,
            "level": .string(issue.level.name),
            "platform": .string(issue.platform),
            "project": project(issue),
            "type": .string(issue.type.rawValue),
            "issueType": .string(category(issue)),
            "issueCategory": .string(category(issue)),
            "metadata": metadata(issue),
        ]
    }

    private func state(_ issue: Issue) -> JSONValue {
        [
            "status": .string(issue.status.rawValue),
            "statusDetails": [:],
            "substatus": substatus(issue),
            "priority": .string(priority(issue)),
            "isPublic": false,
            "shareId": nil,
            "isBookmarked": false,
            "isSubscribed": false,
            "subscriptionDetails": nil,
            "hasSeen": false,
            "annotations": [],
            "assignedTo": nil,
            "numComments": 0,
            "inbox": nil,
            "owners": nil,
        ]
    }

    private func figures(_ issue: Issue) -> JSONValue {
        let counts: JSONValue = [
            "count": .string(String(issue.eventCount)),
            "userCount": .integer(issue.userCount),
            "firstSeen": JSONValue(issue.firstSeen),
            "lastSeen": JSONValue(issue.lastSeen),
        ]
        return counts.adding([
            "isUnhandled": .bool(issue.isUnhandled),
            "stats": stats.json(of: issue.id),
            "lifetime": counts.adding(["stats": nil]),
            "filtered": nil,
        ])
    }

    private func project(_ issue: Issue) -> JSONValue {
        if let project = projects[issue.project] {
            return ProjectShape(project: project, organization: organization).reference
        }
        // Made after the projects of this answer were read.
        let slug = JSONValue.string(issue.projectSlug)
        return ["id": JSONValue(id: issue.project), "slug": slug, "name": slug, "platform": nil]
    }

    private func metadata(_ issue: Issue) -> JSONValue {
        let location = CodeLocation(issue.facts.location)
        return [
            "title": .string(issue.facts.title),
            "type": .string(issue.facts.type),
            "value": .string(issue.facts.value),
            "filename": .string(location.file),
            "function": .string(location.function),
        ]
    }

    private func category(_ issue: Issue) -> String {
        issue.type == .feedback ? "feedback" : "error"
    }

    /// An unresolved issue counts as new for a week.
    private func substatus(_ issue: Issue) -> JSONValue {
        switch issue.status {
        case .unresolved:
            let age = now.microseconds - issue.firstSeen.microseconds
            return age < 7 * 86_400_000_000 ? "new" : "ongoing"
        case .archived: return "archived_forever"
        case .resolved: return nil
        }
    }

    private func priority(_ issue: Issue) -> String {
        switch issue.level {
        case .fatal, .error: "high"
        case .warning: "medium"
        case .info, .debug: "low"
        }
    }
}
