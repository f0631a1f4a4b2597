// What a project says, made ready for being asked with every request.

import Ingest
import Model

/// How the events of a project are taken in: its settings, read once.
///
/// Whatever must be worked out from the settings is worked out here, when they change, and never for an event.
final class ProjectPolicy: Sendable {
    /// What holds for a project that is not known, or has never said anything.
    static let usual = ProjectPolicy(ProjectSettings(), platform: "", grouping: .builtIn)

    let settings: ProjectSettings
    private let platform: String
    /// How its events are grouped.
    let grouping: GroupingRules
    /// What counts as secret.
    let scrubbing: ScrubbingRules
    /// Whose pages may send; nil when all may.
    let origins: AllowedOrigins?
    /// Which events are not wanted.
    let filters: EventFilters

    init(_ settings: ProjectSettings, platform: String, grouping: GroupingRules) {
        self.settings = settings
        self.platform = platform
        self.grouping = grouping
        scrubbing = ScrubbingRules(settings.scrubbing)
        origins = AllowedOrigins(settings.allowedOrigins)
        filters = EventFilters(settings.filters, platform: platform)
    }

    /// Whether it was made of just this.
    func isMade(of settings: ProjectSettings, platform: String) -> Bool {
        self.settings == settings && self.platform == platform
    }
}
