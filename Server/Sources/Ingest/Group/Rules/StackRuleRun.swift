// Applies stack-trace rules to one stack trace.

import TapeJSON

/// The frames of one stack trace, and what rules make of them.
struct StackRuleRun {
    private let owner: JSONNode
    private let frames: [JSONNode]
    private let platform: String
    /// Of the event, and those that frames have of their own.
    private let platforms: [String]
    /// Whether frames are the app's own: as the client said, then as the rules say.
    private let claims: [Bool?]
    private var states: [Bool?]
    private var verdicts: [Int: FrameVerdict] = [:]
    private var bounds = StackBounds()
    private var fields: [FrameFields]

    init(_ owner: JSONNode, _ draft: EventDraft) {
        self.owner = owner
        frames = draft.frames(of: owner)
        platform = draft.platform
        let fields = frames.map { FrameFields($0, in: draft.document) }
        var platforms = [draft.platform]
        for frame in fields {
            guard let node = frame.platform, let own = draft.document.string(node), !platforms.contains(own)
            else { continue }
            platforms.append(own)
        }
        self.platforms = platforms
        self.fields = fields
        claims = fields.map { draft.claimedInApp($0) }
        states = claims
    }

    consuming func apply(_ rules: GroupingRules, to draft: inout EventDraft) {
        guard !frames.isEmpty else { return }
        var run = self
        for rule in rules.stacks(about: run.platforms) { run.apply(rule, in: draft) }
        run.write(to: &draft)
    }

    private mutating func apply(_ rule: StackRule, in draft: EventDraft) {
        guard rule.exceptionMatchers.allSatisfy({ $0.matches(exception: owner, in: draft) }) else { return }
        // Where all frames are of one platform, that has been asked already.
        let matchers = platforms.count == 1 ? rule.matchersBesidesFamily : rule.matchers
        for index in frames.indices {
            if let value = rule.onlyAppValue, value == states[index] { continue }
            guard matchers.allSatisfy({ matches($0, at: index, in: draft) }),
                rule.caller.map({ index > 0 && matches($0, at: index - 1, in: draft) }) ?? true,
                rule.callee.map({ index + 1 < frames.count && matches($0, at: index + 1, in: draft) }) ?? true
            else { continue }
            for action in rule.actions { apply(action, at: index, rule) }
            bounds.maximum = rule.bounds.maximum ?? bounds.maximum
            bounds.minimum = rule.bounds.minimum ?? bounds.minimum
        }
    }

    private func matches(_ matcher: RuleMatcher, at index: Int, in draft: EventDraft) -> Bool {
        matcher.matches(
            fields[index], isInApp: states[index] == true, platform: platform, in: draft.document)
    }

    private mutating func apply(_ action: StackRule.Action, at index: Int, _ rule: StackRule) {
        let places =
            switch action.reach {
            case .frame: index..<(index + 1)
            case .newer: (index + 1)..<frames.count
            case .older: 0..<index
            }
        for place in places {
            var verdict = verdicts[place] ?? FrameVerdict()
            if action.isAboutApp {
                states[place] = action.value
                verdict.appRule = rule.source
            } else {
                verdict.groups = action.value
                verdict.groupRule = rule.source
            }
            verdicts[place] = verdict
        }
    }

    /// Writes what changed, and keeps what the client said beside it.
    private mutating func write(to draft: inout EventDraft) {
        for (place, verdict) in verdicts { draft.stackRuling.frames[frames[place]] = verdict }
        if bounds.maximum != nil || bounds.minimum != nil { draft.stackRuling.bounds[owner] = bounds }
        for (index, frame) in frames.enumerated() where states[index] != draft.isInApp(fields[index]) {
            if let state = states[index] {
                let node = draft.document.makeBool(state)
                draft.document.set("in_app", of: frame, to: node)
                draft.keepClaim(claims[index], of: frame)
            } else {
                draft.document.remove("in_app", of: frame)
            }
            fields[index] = FrameFields(frame, in: draft.document)
        }
        draft.frameFields[owner] = fields
    }
}

extension StackRule {
    /// Whether it may match frames of this platform.
    func mayMatch(_ platform: String) -> Bool {
        families.map { RuleMatcher.isMember(platform, of: $0) } ?? true
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
