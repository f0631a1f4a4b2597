// Applies stack-trace rules to one stack trace.

import TapeJSON

/// The frames of one stack trace, and what rules make of them.
struct StackRuleRun {
    private let owner: JSONNode
    private let frames: [JSONNode]
    private let platform: String
    /// Of the event, and those that frames have of their own.
    private let platforms: [String]
    /// Whose code frames are: as the client said, then as the rules say.
    private let claims: [FrameOwner]
    private var states: [FrameOwner]
    /// Empty as long as no rule has said anything.
    private var verdicts: [FrameVerdict] = []
    private var bounds = StackBounds()
    private var fields: [FrameFields]
    private var texts = FrameTexts()
    /// The frames that are not a library's, in order; nil when rules have since made one the app's.
    private var candidates: [Int]?

    /// Takes the frames of an exception or thread; nil when it has none.
    init?(_ owner: JSONNode, _ draft: borrowing EventDraft) {
        self.owner = owner
        frames = draft.frames(of: owner)
        if frames.isEmpty { return nil }
        platform = draft.platform
        var fields: [FrameFields] = []
        var claims: [FrameOwner] = []
        var platforms = [draft.platform]
        fields.reserveCapacity(frames.count)
        claims.reserveCapacity(frames.count)
        for frame in frames {
            let found = FrameFields(frame, in: draft.document)
            fields.append(found)
            claims.append(FrameOwner(isInApp: draft.claimedInApp(found)))
            guard let node = found.platform, let own = draft.document.string(node), !platforms.contains(own)
            else { continue }
            platforms.append(own)
        }
        self.platforms = platforms
        self.fields = fields
        self.claims = claims
        states = claims
    }

    /// Asks all rules, in their order.
    mutating func ask(_ rules: GroupingRules, about draft: EventDraft) {
        for rule in rules.stacks(about: platforms)
        where rule.exceptionMatchers.isEmpty || rule.fits(exception: owner, in: draft) {
            // Where all frames are of one platform, that has been asked already.
            let matchers = platforms.count == 1 ? rule.matchersBesidesFamily : rule.matchers
            if rule.caller == nil, rule.callee == nil, matchers.count == 1 {
                apply(rule, matchers[0], in: draft.document)
            } else {
                apply(rule, matchers, in: draft.document)
            }
        }
    }

    /// Most rules look at one text of a frame, which often is that of the frame before.
    private mutating func apply(
        _ rule: StackRule, _ matcher: RuleMatcher, in document: borrowing JSONDocument
    ) {
        var last = -1
        var holds = false
        guard let texts = texts.column(matcher.subject, fields, document) else {
            return apply(rule, [matcher], in: document)
        }
        let (starts, heads) = (texts.starts, texts.heads)
        let head = heads.isEmpty ? nil : matcher.head.map { Int16($0) }
        for index in places(for: rule) where states[index] != rule.onlyOwner {
            if let head, heads[index] != head { continue }
            if starts[index] != last {
                holds = matches(matcher, at: index, in: document)
                last = starts[index]
            }
            if holds { apply(rule, at: index) }
        }
    }

    private mutating func apply(
        _ rule: StackRule, _ matchers: [RuleMatcher], in document: borrowing JSONDocument
    ) {
        for index in places(for: rule) where states[index] != rule.onlyOwner {
            var holds = true
            for matcher in matchers where holds { holds = matches(matcher, at: index, in: document) }
            if let caller = rule.caller {
                holds = holds && index > 0 && matches(caller, at: index - 1, in: document)
            }
            if let callee = rule.callee {
                holds = holds && index + 1 < frames.count && matches(callee, at: index + 1, in: document)
            }
            if holds { apply(rule, at: index) }
        }
    }

    /// The frames of which a rule may change something.
    private mutating func places(for rule: StackRule) -> [Int] {
        guard rule.onlyOwner == .library else { return Array(frames.indices) }
        if let candidates { return candidates }
        let found = frames.indices.filter { states[$0] != .library }
        candidates = found
        return found
    }

    private func matches(_ matcher: RuleMatcher, at index: Int, in document: borrowing JSONDocument) -> Bool {
        matcher.matches(fields[index], isInApp: states[index] == .app, platform: platform, in: document)
    }

    private mutating func apply(_ rule: StackRule, at index: Int) {
        for action in rule.actions { apply(action, at: index, rule) }
        bounds.maximum = rule.bounds.maximum ?? bounds.maximum
        bounds.minimum = rule.bounds.minimum ?? bounds.minimum
    }

    private mutating func apply(_ action: StackRule.Action, at index: Int, _ rule: StackRule) {
        let places =
            switch action.reach {
            case .frame: index..<(index + 1)
            case .newer: (index + 1)..<frames.count
            case .older: 0..<index
            }
        if verdicts.isEmpty { verdicts = Array(repeating: FrameVerdict(), count: frames.count) }
        for place in places {
            if action.isAboutApp {
                states[place] = FrameOwner(isInApp: action.value)
                if states[place] != .library { candidates = nil }
                verdicts[place].appRule = rule.source
            } else {
                verdicts[place].groups = action.value
                verdicts[place].groupRule = rule.source
            }
        }
    }

    /// Writes what changed, and keeps what the client said beside it.
    consuming func write(to draft: inout EventDraft) {
        var fields = fields
        for (index, frame) in frames.enumerated() {
            let state = states[index]
            guard state != FrameOwner(isInApp: draft.isInApp(fields[index])) else { continue }
            if let isInApp = state.isInApp {
                let node = draft.document.makeBool(isInApp)
                draft.document.set("in_app", of: frame, to: node)
                draft.keepClaim(claims[index].isInApp, of: frame)
            } else {
                draft.document.remove("in_app", of: frame)
            }
            fields[index] = FrameFields(frame, in: draft.document)
        }
        draft.judgedStacks[owner] = JudgedStack(fields: fields, verdicts: verdicts, bounds: bounds)
    }
}

/// What is known of the texts that patterns look at, so that most are never asked.
private struct FrameTexts {
    /// One text of each frame.
    struct Column {
        /// The first of the frames in a row that have the same text.
        private(set) var starts: [Int] = []
        /// The first byte; ``none`` where there is no text.
        private(set) var heads: [Int16] = []

        static let none: Int16 = -1

        init(
            _ fields: [FrameFields], _ document: borrowing JSONDocument, _ text: (FrameFields) -> JSONNode?
        ) {
            starts.reserveCapacity(fields.count)
            heads.reserveCapacity(fields.count)
            var last: JSONNode?
            for index in fields.indices {
                let node = text(fields[index])
                if index > 0, Self.isSame(node, last, document) {
                    starts.append(starts[index - 1])
                    heads.append(heads[index - 1])
                } else {
                    starts.append(index)
                    heads.append(Self.head(of: node, document))
                }
                last = node
            }
        }

        /// Two texts as one; what stands in front of them is not known.
        init(_ one: Column, and other: Column) {
            starts = zip(one.starts, other.starts).map { max($0, $1) }
        }

        private static func isSame(
            _ one: JSONNode?, _ other: JSONNode?, _ document: borrowing JSONDocument
        ) -> Bool {
            guard let one, let other else { return one == other }
            return document.isWrittenAlike(one, other)
        }

        private static func head(of node: JSONNode?, _ document: borrowing JSONDocument) -> Int16 {
            guard let node else { return none }
            return document.withText(node) { $0.isEmpty ? none : Int16($0[0]) } ?? none
        }
    }

    private var path: Column?
    private var module: Column?
    private var function: Column?
    private var package: Column?

    /// The texts that conditions of this kind look at; nil where they look at none.
    mutating func column(
        _ subject: RuleMatcher.Subject, _ fields: [FrameFields], _ document: borrowing JSONDocument
    ) -> Column? {
        switch subject {
        case .path:
            // Patterns of paths ignore case, so that none of them has a head.
            path =
                path
                ?? Column(Column(fields, document) { $0.path }, and: Column(fields, document) { $0.filename })
            return path
        case .module:
            module = module ?? Column(fields, document) { $0.module }
            return module
        case .function:
            function = function ?? Column(fields, document) { $0.function }
            return function
        case .package:
            package = package ?? Column(fields, document) { $0.package }
            return package
        default: return nil
        }
    }
}

extension StackRule {
    /// Whether it may match frames of this platform.
    func mayMatch(_ platform: String) -> Bool {
        families.map { RuleMatcher.isMember(platform, of: $0) } ?? true
    }

    fileprivate func fits(exception: JSONNode, in draft: EventDraft) -> Bool {
        for matcher in exceptionMatchers where !matcher.matches(exception: exception, in: draft) {
            return false
        }
        return true
    }
}

extension EventDraft {
    /// Whether the client marked the frame as the app's own, whatever rules made of it.
    fileprivate func claimedInApp(_ frame: FrameFields) -> Bool? {
        guard let data = frame.data, let node = document.member("orig_in_app", of: data),
            let claim = document.integer(node)
        else { return isInApp(frame) }
        return claim < 0 ? nil : claim == 1
    }

    fileprivate func isInApp(_ frame: FrameFields) -> Bool? {
        frame.inApp.flatMap { document.bool($0) }
    }

    fileprivate mutating func keepClaim(_ claim: Bool?, of frame: JSONNode) {
        let value = document.makeNumber(claim.map { $0 ? 1 : 0 } ?? -1)
        if let data = document.member("data", of: frame), document.kind(data) == .object {
            document.set("orig_in_app", of: data, to: value)
        } else {
            let data = document.makeObject()
            document.set("orig_in_app", of: data, to: value)
            document.set("data", of: frame, to: data)
        }
    }
}
