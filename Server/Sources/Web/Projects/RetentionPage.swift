// How long a project keeps its events, and how much: GET and POST /projects/NAME/retention/.

public import FlycatcherWire
public import Model

/// What a project keeps, what it takes, and what is being done about it.
public struct RetentionPage: Page {
    public let content: PageContent

    /// What holds for the installation, and how the removing gets on.
    public struct Circumstances: Sendable {
        /// Days that events stay where a project says nothing.
        public var days: Int
        /// Days that attachments stay where a project says nothing.
        public var attachmentDays: Int
        /// What all projects together may take; nil for no bound.
        public var bytes: Int64?
        /// What the project takes, and all together.
        public var usage: (project: StorageUsage, whole: StorageUsage)
        /// Events removed since the server started, of all projects: for their age, and for their number.
        public var removed: (aged: Int, crowded: Int)
        /// Attachments removed of events that stayed: for their age, and for their size.
        public var removedAttachments: (aged: Int, crowded: Int)
        /// Whether something is being removed now.
        public var isWorking: Bool
        /// When everything was within its limits last.
        public var finishedAt: Timestamp?
        /// Whether the project takes more than it may, and only what is always kept is left.
        public var isOverBudget: Bool

        public init(
            days: Int, attachmentDays: Int, bytes: Int64?,
            usage: (project: StorageUsage, whole: StorageUsage),
            removed: (aged: Int, crowded: Int), removedAttachments: (aged: Int, crowded: Int),
            isWorking: Bool, finishedAt: Timestamp?, isOverBudget: Bool
        ) {
            self.days = days
            self.attachmentDays = attachmentDays
            self.bytes = bytes
            self.usage = usage
            self.removed = removed
            self.removedAttachments = removedAttachments
            self.isWorking = isWorking
            self.finishedAt = finishedAt
            self.isOverBudget = isOverBudget
        }
    }

    /// Makes the page.
    ///
    /// - Parameters:
    ///   - form: what the fields hold.
    ///   - failure: what is wrong with it; nil for nothing.
    ///   - isDone: whether it has just been saved.
    public init(
        _ project: Project, form: RetentionFields, failure: String? = nil, isDone: Bool = false,
        _ circumstances: Circumstances, context: PageContext
    ) {
        let view = RetentionView(
            project: project, form: form, failure: failure, isDone: isDone, circumstances: circumstances,
            context: context)
        content = PageContent(
            template: "retention", frame: PageFrame("Retention of \(project.name)", .projects, context),
            values: view)
    }
}

/// The fields of the page's form, as texts.
public struct RetentionFields: Hashable, Sendable {
    public let days: String
    public let attachmentDays: String
    public let megabytes: String

    /// What a browser has sent.
    public init(days: String, attachmentDays: String, megabytes: String) {
        self.days = days
        self.attachmentDays = attachmentDays
        self.megabytes = megabytes
    }

    /// What a project says; what it does not say is empty.
    public init(_ limits: RetentionLimits) {
        days = limits.days.map(String.init) ?? ""
        attachmentDays = limits.attachmentDays.map(String.init) ?? ""
        megabytes = limits.bytes.map { String($0 >> 20) } ?? ""
    }

    /// What the fields mean; nil when one of them makes no sense.
    public var limits: RetentionLimits? {
        var limits = RetentionLimits()
        let fields = [(days, \RetentionLimits.days), (attachmentDays, \.attachmentDays)]
        for (text, member) in fields where !text.isEmpty {
            guard let days = Int(text), RetentionLimits.dayRange.contains(days) else { return nil }
            limits[keyPath: member] = days
        }
        if !megabytes.isEmpty {
            guard let number = Int64(megabytes),
                (1...RetentionLimits.byteRange.upperBound >> 20).contains(number)
            else { return nil }
            limits.bytes = number << 20
        }
        return limits
    }

    /// What the fields may hold.
    public static let rule =
        "Days are a number from \(RetentionLimits.dayRange.lowerBound) to \(RetentionLimits.dayRange.upperBound),"
        + " megabytes a number from 1 on; leave a field empty for what the installation says."
}

private struct RetentionView: View {
    let project: Project
    let form: RetentionFields
    let failure: String?
    let isDone: Bool
    let circumstances: RetentionPage.Circumstances
    let context: PageContext

    func child(named name: String) -> Any? {
        switch name {
        case "nav": ProjectNav(project, .retention, context)
        case "action": context.links.page(.retention, of: project)
        case "formToken": context.formToken
        case "days": form.days
        case "attachmentDays": form.attachmentDays
        case "megabytes": form.megabytes
        case "usualDays": "\(circumstances.days)"
        case "usualAttachmentDays": "\(circumstances.attachmentDays)"
        case "usualSize": circumstances.bytes.map(Self.size) ?? "no limit"
        case "failure": optional(failure)
        case "isDone": isDone
        case "isOverBudget": circumstances.isOverBudget
        case "usage": Self.sentence(circumstances.usage.project)
        case "wholeUsage": Self.sentence(circumstances.usage.whole)
        case "progress": progress
        case "mayChange": context.user?.role != .member
        case "erasure": optional(context.user?.role == .member ? "" : context.links.path("settings/erasure/"))
        default: false
        }
    }

    private var progress: String {
        let (events, files) = (circumstances.removed, circumstances.removedAttachments)
        let since =
            "Since the server started it has removed \(Count(events.aged).of("event")) for their age,"
            + " \(Count(events.crowded).exact) for their number; of those that stayed,"
            + " \(Count(files.aged).of("attachment")) for their age, \(Count(files.crowded).exact) for their size."
        if circumstances.isWorking { return "\(since) It is looking for more now." }
        guard let moment = circumstances.finishedAt else { return since }
        return "\(since) Everything was within its limits \(Moment(moment, now: context.now).ago)."
    }

    private static func sentence(_ usage: StorageUsage) -> String {
        let events = "\(Count(usage.events).of("event")), \(size(usage.bytes))"
        guard usage.files > 0 else { return events }
        return "\(events), and \(Count(usage.files).of("attached file")), \(size(usage.fileBytes))"
    }

    private static func size(_ bytes: Int64) -> String {
        switch bytes {
        case ..<(1 << 20): "\(bytes >> 10) KB"
        case ..<(10 << 30): "\(Count(bytes >> 20).exact) MB"
        default: "\(Count(bytes >> 30).exact) GB"
        }
    }
}
