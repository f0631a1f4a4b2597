// All rules by which the events of a project are grouped.

public import Model
import TapeJSON

/// The rules of a project together with those that ship with the server, read once and used for every event.
public final class GroupingRules: Sendable {
    /// Those that ship with the server alone.
    public static let builtIn = GroupingRules(GroupingSettings())

    /// What they were read from.
    public let settings: GroupingSettings
    /// The version that groups new events; the newest one where the settings name none that this server knows.
    let version: GroupingVersion
    /// The version that the project comes from, while its issues are still found.
    let earlierVersion: GroupingVersion?
    let fingerprints: [FingerprintRule]
    private let stacks: [StackRule]
    /// Those that may match frames of a common platform, by its name: most rules are about one family.
    private let stacksByPlatform: [String: [StackRule]]
    /// What is wrong with the fingerprint rules; rules that can be read count all the same.
    public let fingerprintErrors: [RuleError]
    /// What is wrong with the stack-trace rules; rules that can be read count all the same.
    public let stackErrors: [RuleError]

    /// Reads the rules of a project.
    public convenience init(_ settings: GroupingSettings) {
        self.init(settings, versions: GroupingVersion.all)
    }

    /// Reads the rules of a project for a server that knows these versions.
    init(_ settings: GroupingSettings, versions: [GroupingVersion]) {
        self.settings = settings
        version = versions.first { $0.name == settings.algorithm } ?? versions.last ?? .v1
        earlierVersion = settings.transition.flatMap { transition in
            versions.first { $0.name == transition.from }
        }
        let fingerprints = RuleLine.all(of: settings.fingerprintRules) { line throws(RuleError) in
            try FingerprintRule(line)
        }
        let stacks = RuleLine.all(of: settings.stackRules) { line throws(RuleError) in try StackRule(line) }
        self.fingerprints = fingerprints.rules
        // Later rules win, so those of the project come last.
        let all = BuiltInRules.stacks + stacks.rules
        self.stacks = all
        let platforms = Set(BuiltInRules.stacks.flatMap { $0.families ?? [] } + RuleMatcher.nativePlatforms)
        stacksByPlatform = Dictionary(
            uniqueKeysWithValues: platforms.map { platform in
                (platform, all.filter { $0.mayMatch(platform) })
            })
        fingerprintErrors = fingerprints.errors
        stackErrors = stacks.errors
    }

    /// The stack-trace rules that may match frames of any of these platforms, in their order.
    func stacks(about platforms: [String]) -> [StackRule] {
        if platforms.count == 1, let known = stacksByPlatform[platforms[0]] { return known }
        return stacks.filter { rule in platforms.contains { rule.mayMatch($0) } }
    }
}

/// The step of the pipeline that lets rules speak, before the event is named and grouped.
enum Rules {
    static func apply(_ draft: inout EventDraft) {
        let rules = draft.arrival.rules
        for owner in draft.exceptions + draft.values("threads") {
            guard var run = StackRuleRun(owner, draft) else { continue }
            run.ask(rules, about: draft)
            run.write(to: &draft)
        }
        guard !rules.fingerprints.isEmpty, draft.document["checksum"] == nil else { return }
        for rule in rules.fingerprints {
            guard let ruled = rule.apply(to: draft) else { continue }
            draft.ruledFingerprint = ruled
            return
        }
    }
}
