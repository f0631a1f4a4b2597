// One event, taken apart for its page.

import FlycatcherWire
import Model
import TapeJSON

/// What the page of an issue shows of one event.
struct EventDetail: View {
    /// The main exception's type; empty when the issue's own title says more.
    let type: String
    /// The main exception's value, or the message, whole.
    let value: String
    let level: Level?
    let isUnhandled: Bool
    let exceptions: [ExceptionPart]
    /// A stack trace that belongs to no exception and no thread.
    let looseStack: StackTrace?
    /// Threads that take the place of the exceptions' stack traces, and threads beside them.
    let mainThreads: [ThreadPart]
    let otherThreads: [ThreadPart]
    let message: MessagePart?
    let breadcrumbs: Breadcrumbs?
    let request: RequestPart?
    let user: PairSection?
    let contexts: [PairSection]
    let tags: PairList
    let sections: [PairSection]
    /// Whether files came with it, which the page shows behind all this.
    let hasAttachments: Bool

    /// - Parameter headline: the type after which the issue is named.
    init(_ event: EventDocument, at moment: Timestamp, headline: String = "", hasAttachments: Bool = false) {
        self.hasAttachments = hasAttachments
        let chain = ExceptionChain(event, headline: headline)
        let message = MessagePart(event)
        let main = chain.main
        type = main.map { $0.isSynthetic ? "" : $0.type } ?? ""
        value = main?.value ?? message?.formatted ?? ""
        level = Level(lenient: event.string("level", of: event.root))
        isUnhandled = chain.parts.contains { $0.isHandled == false }
        exceptions = chain.parts
        looseStack = StackTrace(
            event.member("stacktrace", of: event.root), in: event, opensNewest: !chain.hasStackTrace)
        let threads = ThreadPart.all(of: event, opens: !chain.hasStackTrace && looseStack == nil)
        mainThreads = threads.filter(\.isOpen)
        otherThreads = threads.filter { !$0.isOpen }
        // Some old clients repeat the exception there.
        let isRepeated = main.map { message?.formatted == "\($0.type): \($0.value)" } ?? false
        self.message = isRepeated ? nil : message
        breadcrumbs = Breadcrumbs(event, until: moment, end: main?.type ?? message?.formatted ?? "")
        request = RequestPart(event)
        user = event.userSection()
        contexts = event.contextSections()
        tags = event.tags()
        sections = [
            event.extraSection(), event.eventSection(), event.noteSection(), event.moduleSection(),
            event.imageSection(), event.sdkSection(),
        ].compactMap { $0 }
    }

    func child(named name: String) -> Any? {
        switch name {
        case "anchors": anchors
        case "exceptions": exceptions
        case "looseStack": optional(looseStack)
        case "mainThreads": mainThreads
        case "otherThreads": otherThreads
        case "hasOtherThreads": !otherThreads.isEmpty
        case "otherThreadCount": Count(otherThreads.count).of("thread")
        case "hasNoStack": exceptions.isEmpty && looseStack == nil && mainThreads.isEmpty
        case "message": optional(message)
        case "crumbs": optional(breadcrumbs)
        case "request": optional(request)
        case "user": optional(user)
        case "hasContexts": !contexts.isEmpty
        case "contexts": contexts
        case "tags": tags.isEmpty ? false : tags
        case "sections": sections
        default: false
        }
    }

    /// Links to the parts of the page.
    private var anchors: [Choice] {
        var found: [(title: String, id: String, isThere: Bool)] = [
            ("Stack trace", "stack", !exceptions.isEmpty || looseStack != nil || !mainThreads.isEmpty),
            ("Message", "message", message != nil),
            ("Breadcrumbs", "breadcrumbs", breadcrumbs != nil),
            ("Request", "request", request != nil),
            ("User", "user", user != nil),
            ("Tags", "tags", !tags.isEmpty),
            ("Contexts", "contexts", !contexts.isEmpty),
            ("Threads", "threads", !otherThreads.isEmpty),
        ]
        found += sections.map { ($0.title, $0.id, true) }
        found.append(("Attachments", "attachments", hasAttachments))
        found.append(("Grouping", "grouping", true))
        return found.filter(\.isThere).map { Choice(title: $0.title, value: "#\($0.id)", isChosen: false) }
    }
}
