// Says which issue an event belongs to: the first version of the rules.

import Model
import TapeJSON

/// Groups events by what the client or a rule says, else by where it happened, else by what was said.
///
/// A set of hashes comes out; the event belongs to the issue that owns any of them. The version stands in the name
/// since an issue must not split when the rules change: whoever changes a hash makes the next version.
enum GroupingV1 {
    @Sendable static func hashes(of draft: EventDraft) -> [GroupingHash] {
        group(draft, explains: false).hashes
    }

    /// The same in words.
    @Sendable static func explanation(of draft: EventDraft) -> GroupingExplanation {
        group(draft, explains: true).explanation
    }

    private static func group(_ draft: EventDraft, explains: Bool) -> Grouping {
        if let checksum = draft.text("checksum"), !checksum.isEmpty {
            return Grouping(checksum: checksum, explains: explains)
        }
        let ruled = draft.ruledFingerprint
        guard let fingerprint = ruled?.fingerprint ?? Fingerprint(draft), !fingerprint.isDefault else {
            return Grouping(ofStrategiesIn: draft, explains: explains)
        }
        let texts = fingerprint.resolved(EventVariables(draft: draft))
        if fingerprint.isCustom {
            return Grouping(fingerprint: texts, rule: ruled?.rule, explains: explains)
        }
        return Grouping(ofStrategiesIn: draft, explains: explains).salted(with: texts, rule: ruled?.rule)
    }
}

/// What came of grouping one event.
private struct Grouping {
    private var summary: String
    private var variants: [GroupingExplanation.Variant]

    /// At least one, each once, the most telling first.
    var hashes: [GroupingHash] {
        var hashes: [GroupingHash] = []
        for variant in variants {
            if let hash = variant.hash, !hashes.contains(hash) { hashes.append(hash) }
        }
        return hashes
    }

    var explanation: GroupingExplanation {
        GroupingExplanation(version: "v1", summary: summary, variants: variants)
    }

    /// 32 hex digits are the hash itself; anything else is hashed.
    init(checksum: String, explains: Bool) {
        summary = "Grouped by the checksum that the client sent."
        if checksum.utf8.count == 32, let value = UInt128(checksum, radix: 16) {
            let part = GroupingExplanation.Part(kind: "checksum", text: checksum)
            let hash = GroupingHash(value)
            variants = [.init(name: "checksum", hash: hash, reason: nil, parts: explains ? [part] : [])]
            return
        }
        var builder = VariantBuilder(explains: explains)
        builder.add("checksum", checksum)
        variants = [builder.variant(named: "checksum")]
    }

    init(fingerprint texts: [String], rule: String?, explains: Bool) {
        summary = Self.summary(ofRule: rule, otherwise: "Grouped by the fingerprint that the client sent.")
        var builder = VariantBuilder(explains: explains)
        for text in texts { builder.add("fingerprint", text) }
        variants = [builder.variant(named: "fingerprint")]
    }

    /// The first strategy that finds something wins alone.
    init(ofStrategiesIn draft: EventDraft, explains: Bool) {
        var strategies = Strategies(draft, explains: explains)
        let choice = strategies.choose()
        summary = choice.summary
        variants = choice.variants
    }

    /// The same in a world of its own, named by the texts.
    func salted(with texts: [String], rule: String?) -> Grouping {
        var grouping = self
        grouping.summary = Self.summary(
            ofRule: rule, otherwise: summary + " The client's fingerprint adds to it.")
        grouping.variants = variants.map { variant in
            var hasher = GroupingHasher()
            for text in texts { hasher.combine(text) }
            if let hash = variant.hash { hasher.combine(hash.value) }
            let salt = variant.parts.isEmpty ? [] : texts.map { Part(kind: "fingerprint", text: $0) }
            return .init(
                name: variant.name, hash: variant.hash.map { _ in GroupingHash(hasher.value) },
                reason: variant.reason, parts: salt + variant.parts)
        }
        return grouping
    }

    private typealias Part = GroupingExplanation.Part

    private static func summary(ofRule rule: String?, otherwise text: String) -> String {
        rule.map { "Grouped by the fingerprint rule “\($0)”." } ?? text
    }
}

extension VariantBuilder {
    func variant(named name: String, reason: String? = nil) -> GroupingExplanation.Variant {
        .init(name: name, hash: reason == nil ? hash : nil, reason: reason, parts: parts ?? [])
    }
}
