// An error in words.

import Foundation

/// Says what an error says, within bounds and the same in every run.
enum ErrorText {
    /// The words for people, and for an enum which case it is, with its payload.
    static func of(_ error: any Error) -> String {
        TypeName.withoutAddresses(words(of: error)).truncated(to: WireLimits.textBytes)
    }

    private static func words(of error: any Error) -> String {
        if let place = CodingPlace(of: error) { return place.text }
        if error.isFoundationObject || error.isOfFoundation { return foundationWords(of: error as NSError) }
        let words = (error as? any LocalizedError)?.errorDescription
        if Mirror(reflecting: error).displayStyle == .enum {
            let ownCase = BoundedText(describing: error).text
            return words.map { $0 == ownCase ? $0 : "\(ownCase): \($0)" } ?? ownCase
        }
        return words ?? reflection(of: error)
    }

    /// The description with the code, which Foundation's own descriptions hold only when they say nothing else.
    private static func foundationWords(of error: NSError) -> String {
        let words = error.localizedDescription
        return words.contains("error \(error.code)") ? words : "\(words) (code \(error.code))"
    }

    /// The error as it prints; a class that has nothing but its name to print shows its fields too.
    private static func reflection(of error: any Error) -> String {
        let text = BoundedText(describing: error).text
        guard text == String(reflecting: type(of: error)) else { return text }
        let children = Mirror(reflecting: error).children.prefix(WireLimits.entries)
        let fields = children.map { "\($0.label ?? "_"): \(BoundedText(describing: $0.value).text)" }
        return "\(TypeName(of: error).type)(\(fields.joined(separator: ", ")))"
    }
}

/// Text of any origin that is cut while it is written, so that a huge one is never held whole.
struct BoundedText: TextOutputStream, CustomStringConvertible {
    private(set) var text = ""
    private var room: Int

    /// Prints a value, and keeps a little more than the limit, so that it shows what is to be truncated.
    init(describing value: Any, limit: Int = WireLimits.textBytes) {
        room = limit + 4
        Swift.print(value, terminator: "", to: &self)
    }

    var description: String { text }

    mutating func write(_ string: String) {
        guard room > 0 else { return }
        let kept = string.truncated(to: room)
        text += kept
        room -= kept.utf8.count
    }
}
