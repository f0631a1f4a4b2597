// Rules that say which frames count: `family:python module:django.* -app`, `function:abort ^-group max-frames=8`.

import Model
import TapeJSON

/// One line of stack-trace rules.
///
/// A class, so that going through many rules does not copy each.
final class StackRule: Sendable {
    /// What a rule does to frames.
    struct Action: Equatable, Sendable {
        enum Reach: Sendable {
            /// The frame that matches.
            case frame
            /// The frames nearer to the crash.
            case newer
            /// The frames farther from it.
            case older
        }

        var reach = Reach.frame
        /// Whether it is about the app rather than about grouping.
        var isAboutApp: Bool
        var value: Bool
    }

    /// What a rule does, all in all.
    struct Effect {
        var actions: [Action] = []
        var bounds = StackBounds()

        var isEmpty: Bool { actions.isEmpty && !bounds.saysAnything }

        /// What it makes of the frames that match, if that is all it does.
        var onlyOwner: FrameOwner? {
            guard !bounds.saysAnything, let first = actions.first,
                actions.allSatisfy({ $0.isAboutApp && $0.reach == .frame && $0.value == first.value })
            else { return nil }
            return FrameOwner(isInApp: first.value)
        }
    }

    /// The line as it is written.
    let source: String
    let matchers: [RuleMatcher]
    let exceptionMatchers: [RuleMatcher]
    let caller: RuleMatcher?
    let callee: RuleMatcher?
    let actions: [Action]
    let bounds: StackBounds

    /// The families that it is about; nil when it is about any.
    let families: [String]?
    /// The conditions on frames without the one that gave ``families``.
    let matchersBesidesFamily: [RuleMatcher]
    /// What it makes of the frames that match, if that is all it does; it changes nothing of those that are it.
    let onlyOwner: FrameOwner?

    init(_ line: RuleLine) throws(RuleError) {
        source = line.source
        var found: [RuleMatcher] = []
        var effect = Effect()
        var callee: RuleMatcher?
        let (caller, rest) = try Self.neighbour(line.words[...], of: line, isFirst: true)
        var words = rest
        while let word = words.first {
            if word.text == "|", !word.isQuoted {
                guard callee == nil, !found.isEmpty else { throw line.error("“|” stands in a wrong place") }
                (callee, words) = try Self.neighbour(words.dropFirst(), of: line, isFirst: false)
                continue
            }
            words = words.dropFirst()
            if try effect.add(action: word.text, on: line) { continue }
            guard effect.actions.isEmpty, callee == nil, let matcher = try RuleMatcher(word, on: line) else {
                throw line.error("“\(word.text)” is neither a condition nor an action")
            }
            guard matcher.subject.isOfFrame || matcher.subject.isOfException else {
                throw line.error(
                    "“\(word.text)” looks at the whole event; only frames and exceptions count here")
            }
            found.append(matcher)
        }
        if found.isEmpty { throw line.error("a condition is missing") }
        if effect.isEmpty {
            throw line.error("an action is missing, such as -app or +group")
        }
        let ofFrames = found.filter(\.subject.isOfFrame)
        let family = ofFrames.firstIndex { $0.subject == .family && !$0.isNegated }
        matchers = ofFrames
        exceptionMatchers = found.filter(\.subject.isOfException)
        families = family.map { ofFrames[$0].families }
        matchersBesidesFamily = ofFrames.indices.filter { $0 != family }.map { ofFrames[$0] }
        actions = effect.actions
        bounds = effect.bounds
        onlyOwner = effect.onlyOwner
        self.caller = caller
        self.callee = callee
    }

    /// `[ condition ] |` in front or `| [ condition ]` behind: what calls the frame, or what it calls.
    private static func neighbour(
        _ words: ArraySlice<RuleLine.Word>, of line: RuleLine, isFirst: Bool
    ) throws(RuleError) -> (RuleMatcher?, ArraySlice<RuleLine.Word>) {
        guard let first = words.first, first.text.hasPrefix("[") else {
            if isFirst { return (nil, words) }
            throw line.error("“[ condition ]” is expected behind “|”")
        }
        var texts: [RuleLine.Word] = []
        var rest = words
        while let word = rest.first {
            rest = rest.dropFirst()
            texts.append(word)
            if word.text.hasSuffix("]") { break }
        }
        guard texts.last?.text.hasSuffix("]") == true else { throw line.error("“[” is not closed") }
        texts[0].text.removeFirst()
        if texts[texts.count - 1].text.hasSuffix("]") { texts[texts.count - 1].text.removeLast() }
        let inner = texts.filter { !$0.text.isEmpty }
        guard inner.count == 1, let matcher = try RuleMatcher(inner[0], on: line) else {
            throw line.error("one condition is expected between “[” and “]”")
        }
        if isFirst {
            guard rest.first?.text == "|" else { throw line.error("“|” is expected behind “]”") }
            rest = rest.dropFirst()
        }
        return (matcher, rest)
    }
}

extension StackRule.Effect {
    /// Reads `^-app`, `+group`, `max-frames=8`; says whether the word is one of these.
    fileprivate mutating func add(action text: String, on line: RuleLine) throws(RuleError) -> Bool {
        for key in ["max-frames", "min-frames"] where text.hasPrefix(key + "=") {
            guard let count = Int(text.dropFirst(key.count + 1)), count >= 0 else {
                throw line.error("“\(key)” wants a number, not “\(text.dropFirst(key.count + 1))”")
            }
            if key == "max-frames" { bounds.maximum = count } else { bounds.minimum = count }
            return true
        }
        var rest = Substring(text)
        var reach = StackRule.Action.Reach.frame
        if rest.hasPrefix("^") { reach = .newer }
        if rest.hasPrefix("v") { reach = .older }
        if reach != .frame { rest = rest.dropFirst() }
        guard rest.hasPrefix("+") || rest.hasPrefix("-") else { return false }
        let value = rest.hasPrefix("+")
        switch rest.dropFirst() {
        case "app": actions.append(.init(reach: reach, isAboutApp: true, value: value))
        case "group": actions.append(.init(reach: reach, isAboutApp: false, value: value))
        default: throw line.error("“\(text)” is no action; there are app and group")
        }
        return true
    }
}
