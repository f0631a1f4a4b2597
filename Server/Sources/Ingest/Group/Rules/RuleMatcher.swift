// The conditions of rules.

import FlycatcherWire
import Model
import TapeJSON

/// One condition, such as `stack.module:shop.*` or `!error.type:KeyError`.
///
/// A class, so that going through many conditions does not copy each.
final class RuleMatcher: Sendable {
    /// What a condition looks at.
    enum Subject: Equatable, Sendable {
        case type
        case value
        case mechanism
        case message
        case level
        case logger
        case tag(String)
        case path
        case module
        case function
        case package
        case family
        case app

        /// Whether it looks at a frame; several that do must hold for one frame.
        var isOfFrame: Bool {
            switch self {
            case .path, .module, .function, .package, .family, .app: true
            default: false
            }
        }

        var isOfException: Bool { self == .type || self == .value || self == .mechanism }
    }

    let subject: Subject
    let isNegated: Bool
    private let pattern: GlobPattern
    /// The languages of a family; the truth of `app`.
    let families: [String]
    private let wantsApp: Bool
    /// The byte with which what it holds for must begin; nil where several may be, or none must.
    var head: UInt8? { isNegated ? nil : pattern.head }

    /// Reads `key:pattern`; nil when the word is no condition.
    init?(_ word: RuleLine.Word, on line: RuleLine) throws(RuleError) {
        let isNegated = word.text.hasPrefix("!")
        let text = isNegated ? word.text.dropFirst() : Substring(word.text)
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return nil }
        let key = String(text[..<colon])
        let value = String(text[colon...].dropFirst())
        guard let subject = Self.subject(named: key) else {
            throw line.error("“\(key)” is nothing that a condition can look at")
        }
        guard !value.isEmpty else { throw line.error("“\(key)” has no pattern behind its colon") }
        self.subject = subject
        self.isNegated = isNegated
        pattern = GlobPattern(value, isPath: subject == .path, ignoresCase: subject == .level)
        families = value.lowercased().split(separator: ",").map { $0.trimmingBlanks() }
        wantsApp = ["yes", "true", "1"].contains(value.lowercased())
        if subject == .app, !wantsApp, !["no", "false", "0"].contains(value.lowercased()) {
            throw line.error("“app” is either yes or no, not “\(value)”")
        }
    }

    private static func subject(named key: String) -> Subject? {
        if key.hasPrefix("tags."), key.count > 5 { return .tag(String(key.dropFirst(5))) }
        return subjects[key.lowercased()]
    }

    private static let subjects: [String: Subject] = [
        "type": .type, "error.type": .type, "value": .value, "error.value": .value,
        "mechanism": .mechanism, "error.mechanism": .mechanism, "message": .message, "level": .level,
        "logger": .logger, "path": .path, "abs_path": .path, "stack.abs_path": .path, "stack.filename": .path,
        "filename": .path, "module": .module, "stack.module": .module, "function": .function,
        "stack.function": .function, "package": .package, "stack.package": .package, "family": .family,
        "app": .app, "stack.in_app": .app,
    ]

    /// Whether it holds for a frame.
    func matches(
        _ fields: FrameFields, isInApp: Bool, platform: String, in document: borrowing JSONDocument
    ) -> Bool {
        isNegated != holds(for: fields, isInApp, platform, document)
    }

    private func holds(
        for fields: FrameFields, _ isInApp: Bool, _ platform: String, _ document: borrowing JSONDocument
    ) -> Bool {
        switch subject {
        case .path: matches(fields.path, document) || matches(fields.filename, document)
        case .module: matches(fields.module, document)
        case .function: matches(fields.function, document)
        case .package: matches(fields.package, document)
        case .family:
            Self.isMember(Self.own(fields, document) ?? platform, of: families)
        case .app: isInApp == wantsApp
        default: false
        }
    }

    /// The platform that a frame has of its own.
    private static func own(_ fields: FrameFields, _ document: borrowing JSONDocument) -> String? {
        guard let platform = fields.platform else { return nil }
        return document.string(platform)
    }

    /// Whether it holds for an exception.
    func matches(exception: JSONNode, in draft: EventDraft) -> Bool {
        let node =
            switch subject {
            case .type: draft.document.member("type", of: exception)
            case .value: draft.document.member("value", of: exception)
            default:
                draft.document.member("mechanism", of: exception)
                    .flatMap { draft.document.member("type", of: $0) }
            }
        return isNegated != matches(node, draft.document)
    }

    /// Whether it holds for the event as a whole.
    func matches(event draft: EventDraft) -> Bool {
        switch subject {
        case .message:
            let message = draft.message().map { matches($0) } ?? false
            let values = draft.exceptions.contains {
                matches(draft.document.member("value", of: $0), draft.document)
            }
            return isNegated != (message || values)
        case .level: return isNegated != matches(draft.level.name)
        case .logger: return isNegated != matches(draft.document["logger"], draft.document)
        case .tag(let key):
            return isNegated != draft.tags.contains { $0.key == key && matches($0.value) }
        default: return false
        }
    }

    /// The platforms of compiled code.
    static let nativePlatforms = ["native", "cocoa", "objc", "swift", "c", "rust"]

    /// Families are groups of platforms, or a platform by its name.
    static func isMember(_ platform: String, of families: [String]) -> Bool {
        families.contains { family in
            switch family {
            case "all", platform: true
            case "native": nativePlatforms.contains(platform)
            case "javascript": platform == "node"
            case "other": !(nativePlatforms + ["javascript", "node"]).contains(platform)
            default: false
            }
        }
    }

    private func matches(_ node: JSONNode?, _ document: borrowing JSONDocument) -> Bool {
        guard let node else { return false }
        return document.withText(node) { pattern.matches($0) } ?? false
    }

    private func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { pattern.matches($0.span) }
    }
}
