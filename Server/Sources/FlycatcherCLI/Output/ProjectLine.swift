// A project as commands print it for machines.

import FlycatcherServer
import FlycatcherWire
import Model

/// One project in JSON.
struct ProjectLine: Encodable {
    let id: String
    let slug: String
    let name: String
    let platform: String
    let dsn: String?
    let setupPage: String

    init(_ listing: ProjectListing) {
        id = listing.id.description
        slug = listing.slug
        name = listing.name
        platform = listing.platform
        dsn = listing.dsn?.publicText
        setupPage = listing.setupPage
    }
}
