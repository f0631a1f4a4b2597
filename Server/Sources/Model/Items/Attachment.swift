// Files that travel with events.

public import FlycatcherWire

/// The identity of an attachment within an installation.
public struct AttachmentID: Hashable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) {
        self.value = value
    }

    /// Reads the digits of a URL; nil for anything else.
    public init?(text: some StringProtocol) {
        guard let id = ProjectID(text: text) else { return nil }
        value = id.value
    }

    public var description: String { String(value) }
}

/// A file that came with an event and whose content is on disk already.
public struct AttachmentDraft: Hashable, Sendable {
    public let name: FileName
    public let type: MediaType
    /// What kind of attachment it is, such as `event.minidump`.
    public let kind: String
    public let size: Int64
    public let digest: FileDigest

    public init(
        name: FileName, type: MediaType = .unknown, kind: String? = nil, size: Int64, digest: FileDigest
    ) {
        self.name = name
        self.type = type
        let isWord = kind.map { $0.utf8.count <= 64 && $0.utf8.allSatisfy(MediaType.isTokenByte) } ?? false
        self.kind = isWord ? kind.flatMap { $0.isEmpty ? nil : $0 } ?? Self.usualKind : Self.usualKind
        self.size = size
        self.digest = digest
    }

    /// What attachments are that do not say what they are.
    public static let usualKind = "event.attachment"
}

/// A file that is kept with an event.
public struct Attachment: Hashable, Sendable {
    public let id: AttachmentID
    public let project: ProjectID
    public let event: EventID
    public let file: AttachmentDraft
    public let receivedAt: Timestamp

    public init(
        id: AttachmentID, project: ProjectID, event: EventID, file: AttachmentDraft, receivedAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.event = event
        self.file = file
        self.receivedAt = receivedAt
    }
}

/// The name of a file, without folders and without characters that could deceive: safe in a header and on a page.
public struct FileName: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// How many characters a name has at most.
    public static let maximumLength = 200

    /// Takes what stands behind the last separator of a name that a client chose; what is left may be `unnamed`.
    public init(_ text: String?) {
        let last = (text ?? "").prefix(4096).split { $0 == "/" || $0 == "\\" || $0 == "\0" }.last ?? ""
        let safe = String(String.UnicodeScalarView(last.unicodeScalars.filter { Self.isSafe($0) }))
        let name = safe.trimmingDotsAndBlanks.suffix(Self.maximumLength)
        description = name.isEmpty ? "unnamed" : String(name)
    }

    /// Control characters end lines, and marks of direction turn names around.
    private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            false
        default: true
        }
    }
}

extension String {
    fileprivate var trimmingDotsAndBlanks: Substring {
        let isEdge: (Character) -> Bool = { $0 == "." || $0.isWhitespace }
        guard contains(where: { !isEdge($0) }) else { return "" }
        var rest = self[...]
        while rest.last.map(isEdge) == true { rest.removeLast() }
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        return rest
    }
}

/// The type of a file's content, such as `image/png`, in lower case and without parameters.
public struct MediaType: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// What nobody has named.
    public static let unknown = MediaType(unchecked: "application/octet-stream")

    /// Reads a type as headers write it; what is none is unknown.
    public init(_ text: String?) {
        let name = (text ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isType =
            parts.count == 2
            && parts.allSatisfy {
                (1...64).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isTokenByte)
            }
        self = isType ? MediaType(unchecked: name) : .unknown
    }

    private init(unchecked text: String) {
        description = text
    }

    /// Whether a byte may stand in a word of a header.
    static func isTokenByte(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || "!#$&^_.+-".utf8.contains(byte)
    }

    /// Images that a browser only draws, and never runs.
    public var isPicture: Bool {
        ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"].contains(description)
    }

    /// Text that may be shown escaped.
    public var isText: Bool {
        description.hasPrefix("text/") || description.hasSuffix("+json") || description.hasSuffix("+xml")
            || ["application/json", "application/xml", "application/x-ndjson", "application/yaml"].contains(
                description)
    }
}
