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
    /// What rules say of each frame; empty when they say nothing of any.
    private let verdicts: [FrameVerdict]
    /// For each frame why it does not count; nil for those that do.
    private var appReasons: [Reason?] = []
    private var systemReasons: [Reason?] = []
    private let isLoneScript: Bool

    init(_ owner: JSONNode, in draft: borrowing EventDraft, _ reader: inout FrameReader) {
        var frames: [FrameReading] = []
        let judged = draft.judgedStacks[owner] ?? JudgedStack()
        if let trace = draft.document.member("stacktrace", of: owner),
            let list = draft.document.member("frames", of: trace)
        {
            frames.reserveCapacity(draft.document.count(list))
            var candidate = draft.document.firstChild(of: list)
            while let frame = candidate {
                let place = frames.count
                let fields =
                    place < judged.fields.count
                    ? judged.fields[place] : FrameFields(frame, in: draft.document)
                frames.append(reader.read(frame, fields, in: draft.document))
                candidate = draft.document.sibling(after: frame)
            }
        }
        self.frames = frames
        verdicts = judged.verdicts
        isLoneScript = frames.count == 1 && frames[0].isOnURL && !frames[0].hasFunction
        appReasons = reasons(in: .app, judged.bounds)
        systemReasons = reasons(in: .system, judged.bounds)
    }

    /// Adds the frames that count in a variant, and says whether there are any.
    func add(
        _ variant: StackVariant, to builder: inout VariantBuilder, naming: (FrameReading) -> String
    ) -> Bool {
        let reasons = variant == .app ? appReasons : systemReasons
        for index in frames.indices {
            if let reason = reasons[index] {
                builder.ignore("frame", naming(frames[index]), words(for: reason, at: index))
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

    private func reasons(in variant: StackVariant, _ bounds: StackBounds) -> [Reason?] {
        var previous: UInt128?
        var reasons = frames.indices.map { index in
            reason(for: index, variant, &previous)
        }
        if isLoneScript, let first = reasons.first, first == nil { reasons[0] = .loneScript }
        Self.apply(bounds, to: &reasons)
        return reasons
    }

    private func reason(
        for index: Int, _ variant: StackVariant, _ previous: inout UInt128?
    ) -> Reason? {
        let frame = frames[index]
        switch frame.gap {
        case .evaluatedCode: return .evaluatedCode
        case .nothingStable: return .nothingStable
        case nil: break
        }
        if !verdicts.isEmpty, let groups = verdicts[index].groups {
            if !groups { return .rule }
        } else if variant == .app && !frame.isInApp {
            return .ofLibrary
        }
        if previous == frame.hash { return .recursion }
        previous = frame.hash
        return nil
    }

    private static func apply(_ bounds: StackBounds, to reasons: inout [Reason?]) {
        guard bounds.saysAnything else { return }
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
        case rule
        case tooFew(Int)
        case tooMany(Int)
    }

    private func words(for reason: Reason, at index: Int) -> String {
        let verdict = verdicts.isEmpty ? FrameVerdict() : verdicts[index]
        return switch reason {
        case .evaluatedCode: "code of the browser or made at run time"
        case .nothingStable: "nothing in it stays the same from build to build"
        case .ofLibrary:
            verdict.appRule.isEmpty
                ? "not a frame of the app" : "not of the app by the rule “\(verdict.appRule)”"
        case .recursion: "repeats the call before it"
        case .loneScript: "a lone frame of a script without a function"
        case .rule: "by the rule “\(verdict.groupRule)”"
        case .tooFew(let count): "by a rule that asks for at least \(count) frames"
        case .tooMany(let count): "by a rule that keeps the newest \(count) frames"
        }
    }
}
