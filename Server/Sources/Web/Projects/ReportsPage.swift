// How releases and jobs of a project fare, and what its users say: GET /projects/NAME/reports/.

import FlycatcherWire
public import Model
import TapeJSON

/// Releases, monitors and feedback of a project.
public struct ReportsPage: Page {
    public let content: PageContent

    /// Asks the store and gets the page ready.
    public init(_ project: Project, store: any Store, context: PageContext) async throws {
        let hour = context.now.hour
        let hours = try await store.releaseHours(of: project.id, sinceHour: hour - 24 * 7 + 1)
        let monitors = try await store.monitors(of: project.id)
        let feedback = try await store.feedback(
            of: project.id, before: Timestamp(microseconds: .max), limit: Reports.maximumRows)
        content = PageContent(
            template: "reports", frame: PageFrame("Reports of \(project.name)", .projects, context),
            values: Reports(
                project: project,
                releases: ReleaseRow.all(hours),
                monitors: monitors.prefix(Reports.maximumRows).map {
                    MonitorRow(monitor: $0, now: context.now)
                },
                feedback: feedback.map { FeedbackRow($0, context: context) }, context: context))
    }
}

private struct Reports: View {
    static let maximumRows = 50

    let project: Project
    let releases: [ReleaseRow]
    let monitors: [MonitorRow]
    let feedback: [FeedbackRow]
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .reports, context)
        case "isEmpty": releases.isEmpty && monitors.isEmpty && feedback.isEmpty
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
        case "schedule": optional(MonitorSchedule(monitor.schedule).text)
        case "last": Moment(monitor.lastCheckInAt, now: now)
        default: false
        }
    }
}

/// When a job is to run, in words.
struct MonitorSchedule {
    /// `0 * * * *`, `every 2 hours`, each with its time zone if it has one; empty when nobody said.
    let text: String

    /// Reads a monitor's configuration (protocol section 14).
    init(_ json: String) {
        // What cannot be read is shown as it came.
        guard let document = try? JSONDocument(parsing: Array(json.utf8)),
            let schedule = document["schedule"],
            let value = document.member("value", of: schedule)
        else {
            text = BoundedText(json, limit: 300).shown
            return
        }
        let what = document.string(value) ?? document.numberText(value) ?? ""
        let unit = document.member("unit", of: schedule).flatMap { document.string($0) }
        let zone = document["timezone"].flatMap { document.string($0) }
        let rhythm = unit.map { what == "1" ? "every \($0)" : "every \(what) \($0)s" } ?? what
        text = BoundedText(zone.map { "\(rhythm) (\($0))" } ?? rhythm, limit: 300).shown
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
