// What every store must do, written once and run for each.

public import Model
public import Testing

/// The contract suite of ``Store``.
///
/// A store's tests run it like this:
///
/// ```swift
/// @Test(arguments: StoreContract.rules) func `keeps the contract`(rule: StoreContract.Rule) async throws {
///     try await StoreContract { try SQLiteStore.open(folder: …) }.check(rule)
/// }
/// ```
public struct StoreContract: Sendable {
    /// One sentence that must hold, and how to find out on an empty store.
    public struct Rule: Sendable, CustomTestStringConvertible {
        /// What must hold.
        public let sentence: String
        let check: @Sendable (any Store) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (any Store) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        /// The sentence, under which the rule is reported.
        public var testDescription: String { sentence }
    }

    /// Every rule, in the order of the protocol.
    public static let rules =
        recordingRules + groupingRules + regroupingRules + departureRules + unmergingRules + versionRules
        + countingRules + tagRules + projectRules + keyRules + settingsRules + filterRules + streamRules
        + eventRules + attachmentRules + itemRules + figureRules + accountRules + quotaRules
        + retentionRules + attachmentRetentionRules + erasureRules + lifeRules

    private let makeStore: @Sendable () async throws -> any Store

    /// Takes what makes an empty store.
    public init(makeStore: @escaping @Sendable () async throws -> any Store) {
        self.makeStore = makeStore
    }

    /// Runs one rule on a store of its own.
    public func check(_ rule: Rule) async throws {
        let store = try await makeStore()
        do {
            try await rule.check(store)
        } catch {
            try await store.close()
            throw error
        }
        try await store.close()
    }
}

extension Store {
    /// A project to record into, with its key.
    func makeProject(_ name: String = "Shop") async throws -> Project {
        try await createProject(ProjectDraft(name: name, platform: "python"), at: .stub()).0
    }

    /// Records in the order given and says which issues the events are in.
    @discardableResult
    func record(all events: [GroupedEvent]) async throws -> [IssueID] {
        var issues: [IssueID] = []
        for event in events { issues.append(try await record(event).issue) }
        return issues
    }
}

/// Expects a call to fail with a certain kind of store error.
func expectStoreError(
    _ matches: (StoreError) -> Bool, sourceLocation: SourceLocation = #_sourceLocation,
    from call: () async throws -> Void
) async {
    do {
        try await call()
        Testing.Issue.record("it did not fail", sourceLocation: sourceLocation)
    } catch let error as StoreError {
        #expect(matches(error), "\(error)", sourceLocation: sourceLocation)
    } catch {
        Testing.Issue.record(error, sourceLocation: sourceLocation)
    }
}
