// Projects, their keys, and the organisation they belong to.

public import FlycatcherWire

/// The one organisation of an installation, under which the web API lists everything.
public struct Organization: Sendable {
    public let id: Int64 = 1
    public let slug = "flycatcher"
    public let name = "Flycatcher"

    public init() {}
}

/// An app, or a part of one, whose events are kept together.
public struct Project: Hashable, Sendable {
    public let id: ProjectID
    /// The name in URLs: lower-case letters, digits and dashes.
    public let slug: String
    public let name: String
    /// The platform that the setup page shows first, such as `python`; empty when nobody said.
    public let platform: String
    /// The first part of its issues' short ids.
    public let shortPrefix: String
    public let createdAt: Timestamp
    /// When the first event was stored; nil before.
    public let firstEventAt: Timestamp?

    public init(
        id: ProjectID, slug: String, name: String, platform: String, shortPrefix: String,
        createdAt: Timestamp,
        firstEventAt: Timestamp?
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.platform = platform
        self.shortPrefix = shortPrefix
        self.createdAt = createdAt
        self.firstEventAt = firstEventAt
    }
}

/// What someone asks for when a project is to be made.
public struct ProjectDraft: Sendable {
    public var name: String
    public var platform: String

    public init(name: String, platform: String = "") {
        self.name = name
        self.platform = platform
    }

    /// The name in URLs that follows from the name: letters and digits kept, everything else a dash.
    public var slug: String {
        let dashed = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let words = String(dashed).split(separator: "-").joined(separator: "-").prefix(50)
        // The cut may have left a dash at the end.
        let slug = words.hasSuffix("-") ? words.dropLast() : words
        return slug.isEmpty ? "project" : String(slug)
    }
}
