// Forgetting persons: GET and POST /settings/erasure/.

import FlycatcherWire
public import Model

/// The page on which a person is forgotten, with what became of earlier wishes.
///
/// It posts `kind`, `subject` and `project` to itself, which shows them again to be confirmed, and with `confirmed` at last.
public struct ErasurePage: Page {
    public let content: PageContent

    /// What the page is about at the moment.
    public enum State: Sendable {
        case asking
        /// The fields make no sense; the text says why.
        case refused(String)
        /// Everything is said, and nothing done yet.
        case confirming
    }

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - orders: the last ones, newest first.
    ///   - form: what the fields hold.
    ///   - state: what is to be said of them.
    public init(
        _ orders: [ErasureOrder], form: ErasureFields = ErasureFields(), state: State = .asking,
        context: PageContext
    ) {
        let isWorking = orders.contains { $0.end == nil }
        let view = ErasureView(orders: orders, form: form, state: state, context: context)
        var refreshSeconds: Int?
        if case .asking = state, isWorking { refreshSeconds = Self.refreshSeconds }
        content = PageContent(
            template: "erasure",
            frame: PageFrame("Forget a person", .account, context, refreshSeconds: refreshSeconds),
            values: view)
    }

    private static let refreshSeconds = 5
}

/// The fields of the page's form, as texts.
public struct ErasureFields: Hashable, Sendable {
    public let kind: String
    public let subject: String
    /// The slug of a project; empty for all.
    public let project: String

    /// What a browser has sent.
    public init(kind: String = "", subject: String = "", project: String = "") {
        self.kind = kind
        self.subject = subject
        self.project = project
    }
}

private struct ErasureView: View {
    let orders: [ErasureOrder]
    let form: ErasureFields
    let state: ErasurePage.State
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "action": context.links.path("settings/erasure/")
        case "account": context.links.path("settings/account/")
        case "formToken": context.formToken
        case "failure": optional(failure)
        case "isConfirming": isConfirming
        case "kind": form.kind
        case "kindName": ErasureSubject.Kind(rawValue: form.kind)?.words ?? ""
        case "isID": form.kind == ErasureSubject.Kind.userID.rawValue
        case "subject": form.subject
        case "project": form.project
        case "place": Self.place(context.projects.first { $0.slug == form.project })
        case "kinds":
            [ErasureSubject.Kind.email, .userID, .address].map { kind in
                Choice(title: kind.words, value: kind.rawValue, isChosen: kind.rawValue == form.kind)
            }
        case "projects":
            [Choice(title: "all projects", value: "", isChosen: form.project.isEmpty)]
                + context.projects.map { project in
                    Choice(title: project.name, value: project.slug, isChosen: project.slug == form.project)
                }
        case "hasOrders": !orders.isEmpty
        case "orders":
            orders.map { order in
                let project = context.projects.first { $0.id == order.project }
                return ErasureRow(order: order, place: Self.place(project), now: context.now)
            }
        default: false
        }
    }

    private var isConfirming: Bool {
        if case .confirming = state { return true }
        return false
    }

    private var failure: String? {
        if case .refused(let reason) = state { return reason }
        return nil
    }

    private static func place(_ project: Project?) -> String {
        project.map { "the project \($0.name)" } ?? "all projects"
    }
}

/// One order: while it goes on, whom it is about and how far it is; afterwards, what it removed.
private struct ErasureRow: View {
    let order: ErasureOrder
    let place: String
    let now: Timestamp

    func child(named name: String) -> Any? {
        switch name {
        case "kind": order.subject.kind.words
        case "subject": optional(order.subject.text)
        case "place": place
        case "orderedBy": order.orderedBy
        case "ordered": Moment(order.orderedAt, now: now)
        case "ended": optional(order.endedAt.map { Moment($0, now: now) })
        case "isRunning": order.end == nil
        case "percent": "\(order.place.percent)"
        case "progress": progress
        case "isIncoming": order.end == .incoming
        case "removed": removed
        default: false
        }
    }

    private var progress: String {
        let round = order.place.round > 1 ? "Round \(order.place.round), until nothing is found: " : ""
        return "\(round)\(order.place.step.words), \(order.place.percent) %"
    }

    private var removed: String {
        let tally = order.tally
        return [
            Count(tally.events).of("event"), Count(tally.records).of("record") + " of feedback and traces",
            Count(tally.attachments).of("attachment") + " of other events",
            Count(tally.traces).of("text") + " that issues kept",
        ].joined(separator: ", ")
    }
}

extension ErasureSubject.Kind {
    fileprivate var words: String {
        switch self {
        case .userID: "id of the user"
        case .email: "e-mail address"
        case .address: "internet address"
        }
    }
}
