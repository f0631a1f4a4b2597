// Events that are to be grouped once more, some at a time.

import FlycatcherWire

/// The next piece of an issue that is being regrouped.
///
/// The store says which events come next, someone who knows the rules says how they are grouped, and the store moves
/// them. It remembers how far it is, so that a restart goes on where it ended.
public struct RegroupingBatch: Sendable {
    /// What is done to an issue, in this order.
    public enum Step: String, Sendable {
        /// Its newest events say which hashes it is to have, before any event moves.
        case choose
        /// Each event goes to the issue that owns its hashes.
        case place
        /// If any event went, users and tags of the issue are forgotten,
        case forget
        /// and counted anew from the events that stayed.
        case count
    }

    /// An event of the issue.
    public struct Entry: Sendable {
        public let event: EventSummary
        /// The normalised event as JSON.
        public let json: [UInt8]
        /// Where the store keeps it.
        package let row: Int64

        package init(event: EventSummary, json: [UInt8], row: Int64) {
            self.event = event
            self.json = json
            self.row = row
        }
    }

    public let issue: IssueID
    public let project: ProjectID
    public let step: Step
    /// Whether events with hashes that nobody owns leave and make issues of their own.
    public let splits: Bool
    public let entries: [Entry]
    /// Whether no events come behind these.
    package let isLast: Bool
    /// The moment and the row behind which the entries begin: how far it was when they were read.
    package let after: (moment: Int64, row: Int64)

    package init(
        issue: IssueID, project: ProjectID, step: Step, splits: Bool, entries: [Entry], isLast: Bool,
        after: (moment: Int64, row: Int64)
    ) {
        self.issue = issue
        self.project = project
        self.step = step
        self.splits = splits
        self.entries = entries
        self.isLast = isLast
        self.after = after
    }
}
