// What a project says about how its events are taken in.

/// The settings of one project, all of which hold from the next request on.
///
/// They are kept as one document. A further setting is a further member with a value that holds as long as nobody says
/// otherwise, and ``init(from:)`` reads it with that value where a document is older than the setting.
public struct ProjectSettings: Hashable, Sendable, Codable {
    /// What counts as secret.
    public var scrubbing = ScrubbingSettings()
    /// Whose pages may send events, as ``AllowedOrigin`` reads them.
    public var allowedOrigins = ["*"]
    /// What is not taken in, or is archived at once.
    public var filters = FilterSettings()
    /// How long and how much is kept.
    public var retention = RetentionLimits()

    /// What holds as long as nobody says otherwise.
    public init() {}

    public init(from decoder: any Decoder) throws {
        let usual = ProjectSettings()
        let values = try decoder.container(keyedBy: CodingKeys.self)
        scrubbing = try values.value(.scrubbing, or: usual.scrubbing)
        allowedOrigins = try values.value(.allowedOrigins, or: usual.allowedOrigins)
        filters = try values.value(.filters, or: usual.filters)
        retention = try values.value(.retention, or: usual.retention)
    }
}

/// What counts as secret in the events of a project.
public struct ScrubbingSettings: Hashable, Sendable, Codable {
    /// Whether secrets are taken out.
    public var isOn = true
    /// Words that mark a name as a secret's, beside the usual ones.
    public var additionalWords: [String] = []
    /// Names that are no secret's although they hold such a word; whole names, in any case.
    public var safeNames: [String] = []
    /// Whether addresses of users are taken out too.
    public var removesAddresses = false

    /// How many words, and how many names, are kept at most.
    public static let maximumCount = 100
    /// How long a word or a name may be, in bytes.
    public static let maximumLength = 100

    /// What holds as long as nobody says otherwise.
    public init() {}

    public init(from decoder: any Decoder) throws {
        let usual = ScrubbingSettings()
        let values = try decoder.container(keyedBy: CodingKeys.self)
        isOn = try values.value(.isOn, or: usual.isOn)
        additionalWords = try values.value(.additionalWords, or: usual.additionalWords)
        safeNames = try values.value(.safeNames, or: usual.safeNames)
        removesAddresses = try values.value(.removesAddresses, or: usual.removesAddresses)
    }
}

/// How long and how much a project keeps; nil is what the installation says.
public struct RetentionLimits: Hashable, Sendable, Codable {
    /// Days that an event stays, counted from when it happened.
    public var days: Int?
    /// Bytes that the project's events may take with their attachments.
    public var bytes: Int64?
    /// Days that an attachment stays, counted from when it came; never longer than its event.
    public var attachmentDays: Int?

    /// Takes what a project says; what it does not say is what the installation says.
    public init(days: Int? = nil, bytes: Int64? = nil, attachmentDays: Int? = nil) {
        self.days = days
        self.bytes = bytes
        self.attachmentDays = attachmentDays
    }

    /// Days that may be asked for: ten years at most.
    public static let dayRange = 1...3650
    /// Bytes that may be asked for: a megabyte to a pebibyte.
    public static let byteRange: ClosedRange<Int64> = 1 << 20...1 << 50
}

extension KeyedDecodingContainer {
    /// A member's value, or what holds as long as nobody says otherwise.
    func value<Value: Decodable>(_ key: Key, or usual: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? usual
    }
}
