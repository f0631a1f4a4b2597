// The templates by name.

/// The texts of the templates, compiled into the program.
enum Templates {
    static let all: [(name: String, source: [UInt8])] = [
        ("account", PackageResources.account_mustache),
        ("attachments", PackageResources.attachments_mustache),
        ("breadcrumb", PackageResources.breadcrumb_mustache),
        ("erasure", PackageResources.erasure_mustache),
        ("events", PackageResources.events_mustache),
        ("exception", PackageResources.exception_mustache),
        ("feedback", PackageResources.feedback_mustache),
        ("filters", PackageResources.filters_mustache),
        ("frame", PackageResources.frame_mustache),
        ("frame-line", PackageResources.frame_line_mustache),
        ("group", PackageResources.group_mustache),
        ("grouping", PackageResources.grouping_mustache),
        ("issue", PackageResources.issue_mustache),
        ("keys", PackageResources.keys_mustache),
        ("layout", PackageResources.layout_mustache),
        ("limits", PackageResources.limits_mustache),
        ("message", PackageResources.message_mustache),
        ("origins", PackageResources.origins_mustache),
        ("outcomes", PackageResources.outcomes_mustache),
        ("pairs", PackageResources.pairs_mustache),
        ("project-nav", PackageResources.project_nav_mustache),
        ("projects", PackageResources.projects_mustache),
        ("reports", PackageResources.reports_mustache),
        ("retention", PackageResources.retention_mustache),
        ("scrubbing", PackageResources.scrubbing_mustache),
        ("section", PackageResources.section_mustache),
        ("setup", PackageResources.setup_mustache),
        ("sign-in", PackageResources.sign_in_mustache),
        ("sign-in-link", PackageResources.sign_in_link_mustache),
        ("similar", PackageResources.similar_mustache),
        ("stack", PackageResources.stack_mustache),
        ("strands", PackageResources.strands_mustache),
        ("stream", PackageResources.stream_mustache),
        ("thread", PackageResources.thread_mustache),
        ("why", PackageResources.why_mustache),
    ]

    /// A template as the parser gets it: escaping set, indentation and line breaks taken out.
    ///
    /// A line break in a template is therefore no blank: text that belongs together stands on one line.
    static func prepared(_ source: [UInt8]) -> String {
        let lines = String(decoding: source, as: UTF8.self).split(separator: "\n")
        return "{{% CONTENT_TYPE: \(EscapedHTML.name)}}" + lines.map { $0.drop { $0 == " " } }.joined()
    }
}
