// The line before an item's payload.

import TapeJSON

/// What an item says about itself (protocol section 6.3).
///
/// Optional fields of a wrong type count as absent.
public struct EnvelopeItemHeader: Hashable, Sendable {
    /// What kind of item it is, such as `event`; of any value.
    public var type: String
    /// How many bytes the payload has; nil when it ends with the line.
    public var length: Int?
    /// The media type of the payload.
    public var contentType: String?
    /// The file name of an attachment, exactly as the client wrote it: never a path to be trusted.
    public var filename: String?
    /// What kind of attachment it is, such as `event.minidump`.
    public var attachmentType: String?
    /// How many entries a container holds.
    public var itemCount: Int?

    /// Makes a header of the given fields.
    public init(
        type: String, length: Int? = nil, contentType: String? = nil, filename: String? = nil,
        attachmentType: String? = nil, itemCount: Int? = nil
    ) {
        self.type = type
        self.length = length
        self.contentType = contentType
        self.filename = filename
        self.attachmentType = attachmentType
        self.itemCount = itemCount
    }

    /// Reads the fields of a JSON object, which stands before the item of this number.
    init(_ line: JSONDocument, itemNumber: Int) throws(EnvelopeError) {
        guard let type = line["type"].flatMap({ line.string($0) }) else {
            throw .missingType(item: itemNumber)
        }
        self.init(type: type)
        if let node = line["length"], line.kind(node) != .null {
            guard let length = line.integer(node), let length = Int(exactly: length), length >= 0 else {
                throw .invalidLength(item: itemNumber)
            }
            self.length = length
        }
        contentType = line["content_type"].flatMap { line.string($0) }
        filename = line["filename"].flatMap { line.string($0) }
        attachmentType = line["attachment_type"].flatMap { line.string($0) }
        itemCount = line["item_count"].flatMap { line.integer($0) }.flatMap { Int(exactly: $0) }
    }
}
