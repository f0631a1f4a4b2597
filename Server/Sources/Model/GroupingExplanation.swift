// Why an event belongs to its issue, in words.

/// What grouping looked at in one event: which parts count, which do not, and why not.
public struct GroupingExplanation: Hashable, Sendable {
    /// The version of the rules, such as `v1`.
    public let version: String
    /// One sentence: what decided.
    public let summary: String
    /// The ways in which the event was read; those with a hash count.
    public let variants: [Variant]

    public init(version: String, summary: String, variants: [Variant]) {
        self.version = version
        self.summary = summary
        self.variants = variants
    }

    /// One way to read an event, such as by the app's own frames only.
    public struct Variant: Hashable, Sendable {
        /// `app`, `system`, or another word for what was read.
        public let name: String
        /// What came of it; nil when it does not count.
        public let hash: GroupingHash?
        /// Why it does not count; nil when it does.
        public let reason: String?
        public let parts: [Part]

        public init(name: String, hash: GroupingHash?, reason: String?, parts: [Part]) {
            self.name = name
            self.hash = hash
            self.reason = reason
            self.parts = parts
        }
    }

    /// Something that an event says, and whether it counts.
    public struct Part: Hashable, Sendable {
        /// `exception`, `type`, `value`, `frame`, `message`, `fingerprint` and the like.
        public let kind: String
        /// What counts of it, or what it says if nothing counts.
        public let text: String
        /// Why it does not count; nil when it does.
        public let reason: String?

        public init(kind: String, text: String, reason: String? = nil) {
            self.kind = kind
            self.text = text
            self.reason = reason
        }

        public var isContributing: Bool { reason == nil }
    }
}
