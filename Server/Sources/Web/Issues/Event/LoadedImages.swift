// Which program or library an address lies in.

import TapeJSON

/// The images that a process had in memory, for stack traces of which nothing is known but addresses.
struct LoadedImages: Sendable {
    private struct Image {
        let name: String
        let start: UInt64
        let end: UInt64
    }

    /// The normaliser keeps fewer.
    private static let maximumCount = 4000
    /// By their beginning; they do not overlap.
    private let images: [Image]

    init(of json: JSONDocument) {
        let list = json.member("debug_meta", of: json.root).flatMap { json.member("images", of: $0) }
        let nodes = list.map { Array(json.children(of: $0).prefix(Self.maximumCount)) } ?? []
        images = nodes.compactMap { Self.image($0, in: json) }.sorted { $0.start < $1.start }
    }

    /// `libc.so.6` and how far behind its beginning the address is; nil when it lies in no image.
    func place(of address: UInt64) -> (image: String, offset: UInt64)? {
        var range = images.startIndex..<images.endIndex
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            range = images[middle].start <= address ? middle..<range.upperBound : range.lowerBound..<middle
        }
        guard let image = images[range].first, image.start <= address, address < image.end else { return nil }
        return (image.name, address - image.start)
    }

    /// An address as events write it: in hex with a prefix, or decimal.
    static func address(_ text: String) -> UInt64? {
        text.hasPrefix("0x") || text.hasPrefix("0X") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
    }

    private static func image(_ node: JSONNode, in json: JSONDocument) -> Image? {
        guard let start = json.member("image_addr", of: node).flatMap({ json.string($0) }).flatMap(address),
            let size = json.member("image_size", of: node).flatMap({ json.integer($0) }), size > 0,
            let file = json.member("code_file", of: node).flatMap({ json.string($0) }),
            let name = file.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last
        else { return nil }
        let (end, overflow) = start.addingReportingOverflow(UInt64(size))
        return Image(name: String(name.prefix(100)), start: start, end: overflow ? .max : end)
    }
}
