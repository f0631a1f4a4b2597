// How the API shows a project.

import Model

/// A project, in full and as a reference.
struct ProjectShape {
    let project: Project
    let organization: Organization

    var json: JSONValue {
        reference.adding([
            "dateCreated": JSONValue(project.createdAt),
            "firstEvent": JSONValue(project.firstEventAt),
            "status": "active",
            "hasAccess": true,
            "isBookmarked": false,
            "isMember": true,
            "isPublic": false,
            "isInternal": false,
            "environments": [],
            "team": team,
            "teams": [team],
            "features": [],
            "hasSessions": false,
            "latestRelease": nil,
        ])
    }

    /// What an issue says about its project.
    var reference: JSONValue {
        [
            "id": JSONValue(id: project.id),
            "slug": .string(project.slug),
            "name": .string(project.name),
            "platform": JSONValue(nonEmpty: project.platform),
        ]
    }

    /// Everyone is in the one team, which bears the organisation's name.
    private var team: JSONValue {
        [
            "id": .string(String(organization.id)),
            "slug": .string(organization.slug),
            "name": .string(organization.name),
        ]
    }
}
