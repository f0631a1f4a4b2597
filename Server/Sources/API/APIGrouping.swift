// What the web API asks of grouping, which is none of its own business.

public import Model

/// Answers about grouping, given by whoever knows the rules.
public struct APIGrouping: Sendable {
    let explain: @Sendable (StoredEvent) -> GroupingExplanation?
    let errors: @Sendable (GroupingSettings) -> (fingerprints: [RuleError], stacks: [RuleError])
    let forecast: @Sendable (ProjectID, GroupingSettings) async throws -> GroupingForecast

    let strands: @Sendable (Issue) async throws -> [HashStrand]
    let advance: @Sendable () async throws -> Void
    /// The versions of the rules, oldest first.
    let versions: [String]

    /// Takes the answers.
    ///
    /// - Parameters:
    ///   - explain: why an event is grouped as it is.
    ///   - errors: what is wrong with rules.
    ///   - forecast: what rules would do to the issues of a project.
    ///   - strands: what an issue consists of.
    ///   - advance: does some of what is in line to be regrouped.
    ///   - versions: the versions of the rules that there are.
    public init(
        explain: @escaping @Sendable (StoredEvent) -> GroupingExplanation? = { _ in nil },
        errors: @escaping @Sendable (GroupingSettings) -> (fingerprints: [RuleError], stacks: [RuleError]) = {
            _ in ([], [])
        },
        forecast: @escaping @Sendable (ProjectID, GroupingSettings) async throws -> GroupingForecast = {
            _, _ in
            GroupingForecast()
        },
        strands: @escaping @Sendable (Issue) async throws -> [HashStrand] = { _ in [] },
        advance: @escaping @Sendable () async throws -> Void = {}, versions: [String] = ["v1"]
    ) {
        self.explain = explain
        self.errors = errors
        self.forecast = forecast
        self.strands = strands
        self.advance = advance
        self.versions = versions
    }
}
