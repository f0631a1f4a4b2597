// What came in for a project, and what became of it: GET /projects/shop/intake/.

import FlycatcherWire
public import Model

/// Outcomes, releases, monitors and feedback of a project.
public struct ProjectIntakePage: Page {
    public let content: PageContent

    /// Asks the store and gets the page ready.
    public init(_ project: Project, store: any Store, context: PageContext) async throws {
        let hour = context.now.hour
        let day = try await store.outcomes(of: project.id, sinceHour: hour - 23)
        let month = try await store.outcomes(of: project.id, sinceHour: hour - 24 * 30 + 1)
        let hours = try await store.releaseHours(of: project.id, sinceHour: hour - 24 * 7 + 1)
        let monitors = try await store.monitors(of: project.id)
        let feedback = try await store.feedback(
            of: project.id, before: Timestamp(microseconds: .max), limit: ProjectIntake.maximumRows)
        content = PageContent(
            template: "intake", frame: PageFrame("What came in · \(project.name)", .projects, context),
            values: ProjectIntake(
                project: project, outcomes: IntakeOutcome.all(day: day, month: month),
                releases: ReleaseRow.all(hours),
                monitors: monitors.prefix(ProjectIntake.maximumRows).map {
                    MonitorRow(monitor: $0, now: context.now)
                },
                feedback: feedback.map { FeedbackRow($0, context: context) }, context: context))
    }
}

private struct ProjectIntake: View {
    static let maximumRows = 50

    let project: Project
    let outcomes: [IntakeOutcome]
    let releases: [ReleaseRow]
    let monitors: [MonitorRow]
    let feedback: [FeedbackRow]
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "projects": context.links.path("projects/")
        case "name": project.name
        case "hasOutcomes": !outcomes.isEmpty
        case "outcomes": outcomes
        case "hasReleases": !releases.isEmpty
        case "releases": releases
        case "hasMonitors": !monitors.isEmpty
        case "monitors": monitors
        case "hasFeedback": !feedback.isEmpty
        case "feedback": feedback
        default: false
        }
    }
}

/// What became of something, and how often.
struct IntakeOutcome: View {
    let outcome: Outcome
    let day: Int64
    let month: Int64

    /// The most frequent first.
    static func all(day: [OutcomeTotal], month: [OutcomeTotal]) -> [IntakeOutcome] {
        let today = Dictionary(day.map { ($0.outcome, $0.quantity) }, uniquingKeysWith: +)
        let rows = month.map {
            IntakeOutcome(outcome: $0.outcome, day: today[$0.outcome] ?? 0, month: $0.quantity)
        }
        return rows.sorted { ($0.rank, $1.month) < ($1.rank, $0.month) }
    }

    private var rank: Int { Outcome.Kind.allCases.firstIndex(of: outcome.kind) ?? 0 }

    func child(named name: String) -> Any? {
        switch name {
        case "what": what
        case "became": became
        case "reason": optional(outcome.reason.replacing("_", with: " ").replacing("-", with: " "))
        case "day": amount(day)
        case "month": amount(month)
        default: false
        }
    }

    private func amount(_ quantity: Int64) -> String {
        outcome.category == "attachment" || outcome.category == "log_byte"
            ? ByteCount(quantity).short : Count(quantity).exact
    }

    private var what: String {
        switch outcome.category {
        case "error": "errors"
        case "default": "messages"
        case "attachment": "attachments, by size"
        case "attachment_item": "attachments"
        case "monitor": "check-ins"
        case "log_item": "log records"
        case "log_byte": "log records, by size"
        case "security": "security reports"
        case "session", "transaction", "span", "profile", "replay": outcome.category + "s"
        case "": "everything else"
        default: outcome.category.replacing("_", with: " ")
        }
    }

    private var became: String {
        switch outcome.kind {
        case .accepted: "stored"
        case .filtered: "left out"
        case .rateLimited: "over the limit"
        case .invalid: "refused"
        case .abuse: "refused as abuse"
        case .clientDiscard: "not sent by the app"
        }
    }
}

/// How a release fared in an environment.
struct ReleaseRow: View {
    let place: ReleasePlace
    var counts = SessionCounts()
    var users = UserSketch()
    var crashedUsers = UserSketch()

    static let maximumCount = 50

    /// The ones with most sessions first.
    static func all(_ hours: [ReleaseHour]) -> [ReleaseRow] {
        var rows: [ReleasePlace: ReleaseRow] = [:]
        for hour in hours {
            var row = rows[hour.place] ?? ReleaseRow(place: hour.place)
            row.counts += hour.counts
            row.users.formUnion(hour.users)
            row.crashedUsers.formUnion(hour.crashedUsers)
            rows[hour.place] = row
        }
        let sorted = rows.values.sorted {
            ($1.counts.started, $0.place.release) < ($0.counts.started, $1.place.release)
        }
        return Array(sorted.prefix(maximumCount))
    }

    func child(named name: String) -> Any? {
        switch name {
        case "release": place.release
        case "environment": place.environment
        case "sessions": Count(counts.started).exact
        case "errored": Count(counts.errored).exact
        case "crashed": Count(counts.crashed + counts.abnormal).exact
        case "crashFree": crashFree
        case "users": users.count == 0 ? "–" : Count(users.count).exact
        default: false
        }
    }

    /// With as many digits as it takes not to say 100 % of what is less.
    private var crashFree: String {
        let good = counts.started - counts.crashed - counts.abnormal
        guard counts.started > 0, good < counts.started else { return "100 %" }
        let thousandths = good * 100_000 / counts.started
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits) %"
    }
}

/// A job that is watched.
struct MonitorRow: View {
    let monitor: Monitor
    let now: Timestamp

    func child(named name: String) -> Any? {
        switch name {
        case "slug": monitor.slug.description
        case "status": monitor.status.rawValue.replacing("_", with: " ")
        case "isBad": [CheckInStatus.error, .missed, .timeout].contains(monitor.status)
        case "schedule": optional(BoundedText(monitor.schedule, limit: 300).shown)
        case "last": Moment(monitor.lastCheckInAt, now: now)
        default: false
        }
    }
}

/// What a user said.
struct FeedbackRow: View {
    private let feedback: Feedback
    private let context: PageContext

    init(_ feedback: Feedback, context: PageContext) {
        self.feedback = feedback
        self.context = context
    }

    func child(named name: String) -> Any? {
        switch name {
        case "message": feedback.draft.message
        case "who": who
        case "when": Moment(feedback.draft.createdAt, now: context.now)
        case "issue": optional(feedback.issue?.description ?? "")
        case "link": link
        default: false
        }
    }

    private var who: String {
        let parts = [feedback.draft.name, feedback.draft.email].filter { !$0.isEmpty }
        return parts.isEmpty ? "someone" : parts.joined(separator: ", ")
    }

    private var link: Any {
        guard let issue = feedback.issue, let event = feedback.draft.event else { return false }
        return context.links.event(event, of: issue)
    }
}

/// What users said about an event.
struct FeedbackList: View {
    private let rows: [FeedbackRow]

    /// Nil when nobody said anything.
    init?(about event: EventSummary, store: any Store, _ context: PageContext) async throws {
        let found = try await store.feedback(about: event.id, in: event.project)
        guard !found.isEmpty else { return nil }
        rows = found.map { FeedbackRow($0, context: context) }
    }

    func child(named name: String) -> Any? {
        name == "feedback" ? rows : false
    }
}
