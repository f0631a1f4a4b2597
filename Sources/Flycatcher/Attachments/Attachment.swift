// A file that goes with an event.

extension Flycatcher {
    /// Bytes, or a file on disk, that are sent along with an event and shown beside it.
    ///
    /// ```swift
    /// Flycatcher.configureScope { $0.addAttachment(Flycatcher.Attachment(path: "/var/log/shop.log")) }
    /// ```
    ///
    /// A file is read when the event is sent, on the SDK's own thread. One that cannot be read then, or is larger than
    /// ``Options/maxAttachmentSize``, is left out; the event is sent without it.
    public struct Attachment: Hashable, Sendable {
        /// The name under which it is shown; folders in it are cut off when it is sent.
        public var filename: String
        /// The media type, such as `text/plain`; guessed from the name's extension when unset.
        public var contentType: String?
        /// What the server may do with it.
        public var kind: Kind
        /// Whether it goes with transactions too, and not only with errors and messages.
        public var isAddedToTransactions: Bool
        let source: Source

        enum Source: Hashable, Sendable {
            case bytes([UInt8])
            case file(path: String)
        }

        /// Attaches bytes.
        public init(
            bytes: [UInt8], filename: String, contentType: String? = nil, kind: Kind = .attachment,
            isAddedToTransactions: Bool = false
        ) {
            source = .bytes(bytes)
            self.filename = filename
            self.contentType = contentType
            self.kind = kind
            self.isAddedToTransactions = isAddedToTransactions
        }

        /// Attaches a file, shown under its own name unless another is given.
        public init(
            path: String, filename: String? = nil, contentType: String? = nil, kind: Kind = .attachment,
            isAddedToTransactions: Bool = false
        ) {
            source = .file(path: path)
            self.filename = filename ?? path
            self.contentType = contentType
            self.kind = kind
            self.isAddedToTransactions = isAddedToTransactions
        }

        /// What an attachment is for, as the protocol calls it.
        public struct Kind: RawRepresentable, Hashable, Sendable {
            /// The name in the protocol, such as `event.attachment`.
            public let rawValue: String

            /// Takes a name of the protocol.
            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            /// A file to look at or download.
            public static let attachment = Kind(rawValue: "event.attachment")
            /// The memory of a crashed process.
            public static let minidump = Kind(rawValue: "event.minidump")
            /// A crash report of Apple's systems.
            public static let appleCrashReport = Kind(rawValue: "event.applecrashreport")
            /// What was on the screen, as a tree in JSON.
            public static let viewHierarchy = Kind(rawValue: "event.view_hierarchy")
        }
    }
}
