// Adds the frames of a stack trace to what an event is grouped by.

import Model
import TapeJSON

/// Which frames count.
enum StackVariant: CaseIterable {
    /// Those of the app itself.
    case app
    /// All of them.
    case system

    var name: String { self == .app ? "app" : "system" }
}

/// A stack trace, read once for both variants.
struct StackReading {
    let frames: [FrameReading]
    private let rules: StackRuling
    /// For each frame why it does not count; nil for those that do.
    private var appReasons: [Reason?] = []
    private var systemReasons: [Reason?] = []
    private let isLoneScript: Bool

    init(_ owner: JSONNode, in draft: EventDraft, _ reader: inout FrameReader) {
        var frames: [FrameReading] = []
        if let trace = draft.document.member("stacktrace", of: owner),
            let list = draft.document.member("frames", of: trace)
        {
            frames.reserveCapacity(draft.document.count(list))
            let known = draft.frameFields[owner] ?? []
            var candidate = draft.document.firstChild(of: list)
            while let frame = candidate {
                let place = frames.count
                let fields = place < known.count ? known[place] : FrameFields(frame, in: draft.document)
                frames.append(reader.read(frame, fields, in: draft.document))
                candidate = draft.document.sibling(after: frame)
            }
        }
        self.frames = frames
        rules = draft.stackRuling
        isLoneScript = frames.count == 1 && frames[0].isOnURL && !frames[0].hasFunction
        let bounds = rules.bounds[owner]
        appReasons = reasons(in: .app, bounds)
        systemReasons = reasons(in: .system, bounds)
    }

    /// Adds the frames that count in a variant, and says whether there are any.
    func add(
        _ variant: StackVariant, to builder: inout VariantBuilder, naming: (FrameReading) -> String
    ) -> Bool {
        let reasons = variant == .app ? appReasons : systemReasons
        for index in frames.indices {
            if let reason = reasons[index] {
                builder.ignore("frame", naming(frames[index]), words(for: reason, frames[index].node))
            } else {
                builder.add("frame", hash: frames[index].hash, naming(frames[index]))
            }
        }
        return contributes(to: variant)
    }

    /// Whether any frame counts in a variant.
    func contributes(to variant: StackVariant) -> Bool {
        (variant == .app ? appReasons : systemReasons).contains { $0 == nil }
    }

    private func reasons(in variant: StackVariant, _ bounds: StackBounds?) -> [Reason?] {
        var previous: UInt128?
        var reasons = frames.map { frame in
            reason(for: frame, variant, &previous)
        }
        if isLoneScript, let first = reasons.first, first == nil { reasons[0] = .loneScript }
        if let bounds { Self.apply(bounds, to: &reasons) }
        return reasons
    }

    private func reason(
        for frame: FrameReading, _ variant: StackVariant, _ previous: inout UInt128?
    ) -> Reason? {
        switch frame.gap {
        case .evaluatedCode: return .evaluatedCode
        case .nothingStable: return .nothingStable
        case nil: break
        }
        if !rules.frames.isEmpty, let groups = rules.frames[frame.node]?.groups {
            if !groups { return .rule(frame.node) }
        } else if variant == .app && !frame.isInApp {
            return .ofLibrary
        }
        if previous == frame.hash { return .recursion }
        previous = frame.hash
        return nil
    }

    private static func apply(_ bounds: StackBounds, to reasons: inout [Reason?]) {
        var rest = reasons.count { $0 == nil }
        if let minimum = bounds.minimum, rest > 0, rest < minimum {
            for index in reasons.indices where reasons[index] == nil { reasons[index] = .tooFew(minimum) }
        } else if let maximum = bounds.maximum, rest > maximum {
            // The newest frames stand at the end and stay.
            for index in reasons.indices where reasons[index] == nil && rest > maximum {
                reasons[index] = .tooMany(maximum)
                rest -= 1
            }
        }
    }

    /// Why a frame does not count.
    private enum Reason: Equatable {
        case evaluatedCode
        case nothingStable
        case ofLibrary
        case recursion
        case loneScript
        case rule(JSONNode)
        case tooFew(Int)
        case tooMany(Int)
    }

    private func words(for reason: Reason, _ frame: JSONNode) -> String {
        switch reason {
        case .evaluatedCode: "code of the browser or made at run time"
        case .nothingStable: "nothing in it stays the same from build to build"
        case .ofLibrary:
            rules.frames[frame].flatMap {
                $0.appRule.isEmpty ? nil : "not of the app by the rule “\($0.appRule)”"
            }
                ?? "not a frame of the app"
        case .recursion: "repeats the call before it"
        case .loneScript: "a lone frame of a script without a function"
        case .rule(let frame): "by the rule “\(rules.frames[frame]?.groupRule ?? "")”"
        case .tooFew(let count): "by a rule that asks for at least \(count) frames"
        case .tooMany(let count): "by a rule that keeps the newest \(count) frames"
        }
    }
}

/// What stack-trace rules say of an event.
struct StackRuling {
    /// By frame; most frames have no entry.
    var frames: [JSONNode: FrameVerdict] = [:]
    /// By the exception or thread that has the stack trace.
    var bounds: [JSONNode: StackBounds] = [:]
}

/// What rules say of how many frames may count.
struct StackBounds {
    var maximum: Int?
    var minimum: Int?
}

/// What rules say of a frame.
struct FrameVerdict {
    /// Whether it counts; nil when no rule says.
    var groups: Bool?
    /// The rule that said so, as it is written.
    var groupRule = ""
    /// The rule that made it the app's or a library's; empty when none did.
    var appRule = ""
}
