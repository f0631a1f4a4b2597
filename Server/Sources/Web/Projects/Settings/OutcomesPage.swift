// What became of everything that was sent to a project: GET /projects/NAME/outcomes/.

public import Model

/// The outcomes of a project over a day, a week or a month, as bars and as a table.
public struct OutcomesPage: Page {
    public let content: PageContent

    /// Asks the store and gets the page ready.
    ///
    /// - Parameter period: `24h`, `7d` or `30d`; anything else is a day.
    public init(_ project: Project, period: String?, store: any Store, context: PageContext) async throws {
        let period = OutcomePeriod.all.first { $0.name == period } ?? OutcomePeriod.all[0]
        let spans = HourSpans(
            endingAt: context.now.hour, count: period.spanCount, length: period.spanHours)
        let slices = try await store.outcomes(of: project.id, in: spans)
        let view = OutcomesView(
            project: project, period: period, slices: slices, context: context)
        content = PageContent(
            template: "outcomes", frame: PageFrame("Outcomes of \(project.name)", .projects, context),
            values: view)
    }
}

/// A length of time that outcomes are shown over.
struct OutcomePeriod {
    let name: String
    let title: String
    let spanCount: Int
    let spanHours: Int64

    static let all = [
        OutcomePeriod(name: "24h", title: "24 hours", spanCount: 24, spanHours: 1),
        OutcomePeriod(name: "7d", title: "7 days", spanCount: 42, spanHours: 4),
        OutcomePeriod(name: "30d", title: "30 days", spanCount: 30, spanHours: 24),
    ]

    /// `an hour`, `4 hours`, `a day`.
    var span: String {
        switch spanHours {
        case 1: "an hour"
        case 24: "a day"
        default: "\(spanHours) hours"
        }
    }
}

private struct OutcomesView: View {
    let project: Project
    let period: OutcomePeriod
    let slices: [OutcomeSlice]
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .outcomes, context)
        case "tabs": tabs
        case "chart":
            OutcomeChart(
                slices: slices.filter { !OutcomeCategory($0.total.outcome.category).isOfBytes },
                period: period)
        case "groups": groups
        case "isEmpty": slices.isEmpty
        case "span": period.span
        default: false
        }
    }

    private var tabs: [Choice] {
        OutcomePeriod.all.map { other in
            Choice(
                title: other.title,
                value: context.links.page(.outcomes, of: project) + URLText.query([("period", other.name)]),
                isChosen: other.name == period.name)
        }
    }

    private var groups: [OutcomeGroup] {
        var sums: [Outcome: Int64] = [:]
        for slice in slices { sums[slice.total.outcome, default: 0] += slice.total.quantity }
        return OutcomeKind.all.compactMap { kind in
            let own = sums.filter { kind.kinds.contains($0.key.kind) }
            return own.isEmpty ? nil : OutcomeGroup(kind: kind, sums: own)
        }
    }
}

/// What outcomes are shown as, by colour and name.
struct OutcomeKind {
    let kinds: [Outcome.Kind]
    let name: String
    let title: String
    let summary: String

    static let all = [
        OutcomeKind(kinds: [.accepted], name: "accepted", title: "Accepted", summary: "taken in and stored"),
        OutcomeKind(
            kinds: [.filtered], name: "filtered", title: "Filtered",
            summary: "not wanted, by a filter or since nobody wants to hear of it"),
        OutcomeKind(
            kinds: [.rateLimited], name: "limited", title: "Rate limited", summary: "more than may come"),
        OutcomeKind(
            kinds: [.invalid, .abuse], name: "invalid", title: "Invalid",
            summary: "could not be read or was not allowed"),
        OutcomeKind(
            kinds: [.clientDiscard], name: "client", title: "Dropped by clients",
            summary: "not sent at all, as SDKs tell"),
    ]
}

private struct OutcomeGroup: View {
    let kind: OutcomeKind
    let sums: [Outcome: Int64]

    func child(named name: String) -> Any? {
        switch name {
        case "name": kind.name
        case "title": kind.title
        case "summary": kind.summary
        case "sum": Count(sum).exact
        case "rows":
            sums.sorted {
                ($1.value, $0.key.reason, $0.key.category) < ($0.value, $1.key.reason, $1.key.category)
            }
            .map { OutcomeRow(outcome: $0.key, quantity: $0.value) }
        default: false
        }
    }

    private var sum: Int64 {
        sums.reduce(0) { OutcomeCategory($1.key.category).isOfBytes ? $0 : $0 + $1.value }
    }
}

private struct OutcomeRow: View {
    let outcome: Outcome
    let quantity: Int64

    func child(named name: String) -> Any? {
        switch name {
        case "category": OutcomeCategory(outcome.category).title
        case "reason":
            outcome.reason.isEmpty ? "–" : FilterID(rawValue: outcome.reason)?.title ?? outcome.reason
        case "quantity": OutcomeCategory(outcome.category).amount(quantity)
        default: false
        }
    }
}
