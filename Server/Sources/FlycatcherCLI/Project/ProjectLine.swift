// A project as commands print it for machines.

import FlycatcherServer

/// One project in JSON.
struct ProjectLine: Encodable {
    let id: Int64
    let slug: String
    let name: String
    let platform: String
    let dsn: String?
    let setupPage: String

    init(_ listing: ProjectListing) {
        id = listing.id
        slug = listing.slug
        name = listing.name
        platform = listing.platform
        dsn = listing.dsn
        setupPage = listing.setupPage
    }
}
