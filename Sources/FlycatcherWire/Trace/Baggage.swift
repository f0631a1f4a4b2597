// What travels with a request beside its place in the trace: W3C's header `baggage`.

/// The members of a `baggage` header, in their order (protocol section 12.3).
///
/// Members of other vendors are kept letter by letter; those of ours begin with `sentry-`.
public struct Baggage: Hashable, Sendable {
    /// How many bytes a header may have.
    public static let maximumBytes = 8192
    /// How many members a header may have.
    public static let maximumMembers = 64
    /// What the names of our members begin with.
    public static let prefix = "sentry-"

    /// A name and what is said under it.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value as it travels, with properties behind a semicolon if there are any.
        public let encodedValue: String

        /// Encodes a value for the way.
        public init(name: String, value: String) {
            self.name = name
            encodedValue = value.percentEncoded(except: \.isUnreserved)
        }

        fileprivate init?(_ text: Substring) {
            guard let equals = text.firstIndex(of: "=") else { return nil }
            name = String(text[..<equals].trimmed)
            encodedValue = String(text[equals...].dropFirst().trimmed)
            if name.isEmpty { return nil }
        }

        /// The value itself, without properties.
        public var value: String {
            encodedValue.prefix { $0 != ";" }.trimmed.percentDecoded
        }

        fileprivate var text: String { "\(name)=\(encodedValue)" }
        fileprivate var isOurs: Bool { name.hasPrefix(Baggage.prefix) }
    }

    /// The members in the order in which they travel; of equal names the last counts.
    public var members: [Member]

    /// Makes a header of members.
    public init(members: [Member] = []) {
        self.members = members
    }

    /// Reads a header's value; what is not of the form `name=value` is passed over, and so is what is too much.
    public init(_ text: some StringProtocol) {
        var members: [Member] = []
        var byteCount = 0
        for piece in String(text).split(separator: ",") {
            byteCount += piece.utf8.count + 1
            guard byteCount <= Self.maximumBytes + 1, members.count < Self.maximumMembers else { break }
            if let member = Member(piece) { members.append(member) }
        }
        self.init(members: members)
    }

    /// The value of the last member of a name.
    public subscript(_ name: String) -> String? {
        members.last { $0.name == name }?.value
    }

    /// The header's value; empty when there is no member.
    public var headerValue: String {
        members.map(\.text).joined(separator: ",")
    }

    /// The header of an outgoing request: what others have put there, and ours in the place of what was ours.
    ///
    /// Beyond the limits ours go first, the last of them before the others; nothing of others is dropped.
    ///
    /// - Parameters:
    ///   - context: what we say, in order of importance.
    ///   - existing: what the request carries already.
    /// - Returns: nil when there is nothing to say.
    public static func header(adding context: DynamicSamplingContext, to existing: String?) -> String? {
        let foreign = Foreign(existing ?? "")
        var (byteCount, memberCount) = (foreign.text.utf8.count, foreign.memberCount)
        var pieces = foreign.text.isEmpty ? [] : [foreign.text]
        for member in context.baggage.members {
            byteCount += member.text.utf8.count + (pieces.isEmpty ? 0 : 1)
            memberCount += 1
            guard byteCount <= maximumBytes, memberCount <= maximumMembers else { break }
            pieces.append(member.text)
        }
        return pieces.isEmpty ? nil : pieces.joined(separator: ",")
    }
}

/// What other vendors have put into a header, unread but for its names.
private struct Foreign {
    let text: String
    let memberCount: Int

    init(_ header: String) {
        let pieces = header.split(separator: ",").map(\.trimmed).filter {
            !$0.isEmpty && !$0.hasPrefix(Baggage.prefix)
        }
        text = pieces.joined(separator: ",")
        memberCount = pieces.count
    }
}

extension UInt8 {
    /// Whether RFC 3986 lets the byte stand for itself everywhere.
    fileprivate var isUnreserved: Bool {
        let isLetter = (self | 0x20) &- UInt8(ascii: "a") < 26
        return isLetter || self &- UInt8(ascii: "0") < 10 || "-._~".utf8.contains(self)
    }
}
