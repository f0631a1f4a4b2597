// How the API shows the organisation.

import FlycatcherWire
import Model

/// An organisation with every member that strict clients insist on.
struct OrganizationShape {
    let organization: Organization
    let createdAt: Timestamp
    let publicURL: String

    var json: JSONValue {
        [
            "id": .string(String(organization.id)),
            "slug": .string(organization.slug),
            "name": .string(organization.name),
            "dateCreated": JSONValue(createdAt),
            "isEarlyAdopter": false,
            "require2FA": false,
            "requireEmailVerification": false,
            "features": [],
            "status": ["id": "active", "name": "active"],
            "avatar": ["avatarType": "letter_avatar", "avatarUuid": nil],
            // An empty region tells tools to go on with the address they have.
            "links": ["organizationUrl": .string(publicURL), "regionUrl": ""],
        ]
    }
}
