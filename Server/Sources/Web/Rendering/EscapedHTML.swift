// Text inside HTML: what is shown can never become markup.

import Mustache

/// Escapes every `&`, `<`, `>`, `"` and `'`, byte by byte.
///
/// The template library's own escaping goes by grapheme clusters and lets a `"` pass that a combining mark follows,
/// which would end an attribute. Browsers read code points, so this one does too.
struct EscapedHTML: MustacheContentType {
    static let name = "EscapedHTML"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.replacement(of: $0) != nil }) else { return text }
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let replacement = Self.replacement(of: byte) {
                replacement.withUTF8Buffer { out.append(contentsOf: $0) }
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func replacement(of byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
