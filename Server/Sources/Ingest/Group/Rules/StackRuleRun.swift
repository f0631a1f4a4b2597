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
    private var fields: [FrameFields?]

    init(_ owner: JSONNode, _ draft: EventDraft) {
        self.owner = owner
        frames = draft.frames(of: owner)
        platform = draft.platform
        var platforms = [draft.platform]
        for frame in frames {
            if let own = draft.text("platform", of: frame), !platforms.contains(own) { platforms.append(own) }
        }
        self.platforms = platforms
        claims = frames.map { draft.claimedInApp($0) }
        states = claims
        fields = Array(repeating: nil, count: frames.count)
    }

    consuming func apply(_ rules: GroupingRules, to draft: inout EventDraft) {
        guard !frames.isEmpty else { return }
        var run = self
        for rule in rules.stacks(about: run.platforms) { run.apply(rule, in: draft) }
        run.write(to: &draft)
    }

    private mutating func apply(_ rule: StackRule, in draft: EventDraft) {
        guard rule.exceptionMatchers.allSatisfy({ $0.matches(exception: owner, in: draft) }) else { return }
        for index in frames.indices {
            if rule.isIdle(isInApp: states[index]) { continue }
            guard rule.matchers.allSatisfy({ matches($0, at: index, in: draft) }),
                rule.caller.map({ index > 0 && matches($0, at: index - 1, in: draft) }) ?? true,
                rule.callee.map({ index + 1 < frames.count && matches($0, at: index + 1, in: draft) }) ?? true
            else { continue }
            for action in rule.actions { apply(action, at: index, rule) }
            bounds.maximum = rule.bounds.maximum ?? bounds.maximum
            bounds.minimum = rule.bounds.minimum ?? bounds.minimum
        }
    }

    private mutating func matches(_ matcher: RuleMatcher, at index: Int, in draft: EventDraft) -> Bool {
        let found = fields[index] ?? FrameFields(frames[index], in: draft.document)
        fields[index] = found
        return matcher.matches(
            found, isInApp: states[index] == true, platform: platform, in: draft.document)
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
    private func write(to draft: inout EventDraft) {
        for (place, verdict) in verdicts { draft.stackRuling.frames[frames[place]] = verdict }
        if bounds.maximum != nil || bounds.minimum != nil { draft.stackRuling.bounds[owner] = bounds }
        for (index, frame) in frames.enumerated() where states[index] != draft.isInApp(frame) {
            guard let state = states[index] else {
                draft.document.remove("in_app", of: frame)
                continue
            }
            let node = draft.document.makeBool(state)
            draft.document.set("in_app", of: frame, to: node)
            draft.keepClaim(claims[index], of: frame)
        }
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
    fileprivate func claimedInApp(_ frame: JSONNode) -> Bool? {
        guard let data = document.member("data", of: frame),
            let claim = document.member("orig_in_app", of: data).flatMap({ document.integer($0) })
        else { return isInApp(frame) }
        return claim < 0 ? nil : claim == 1
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
