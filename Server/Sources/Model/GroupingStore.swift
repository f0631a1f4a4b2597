// What people do about grouping, as far as it is kept: rules, merging, discarding.

public import FlycatcherWire

/// The part of a ``Store`` that changes which events belong together.
///
/// Rules for implementers, which the contract suite checks:
/// - Merged issues are one in every respect: events, counters, tags, users; later events follow their hashes.
/// - Events of a discarded issue are refused with ``StoreError/discarded`` from then on, and counted as filtered.
public protocol GroupingStore: Sendable {
    /// What each project says about grouping.
    func groupingSettings() async throws -> [ProjectID: GroupingSettings]

    /// Replaces what a project says; every process learns of it by ``Store/projectsVersion()``.
    ///
    /// - Throws: ``StoreError/missing(_:)`` when there is no such project.
    func setGroupingSettings(_ settings: GroupingSettings, of project: ProjectID) async throws

    /// The hashes that an issue owns.
    func hashes(of issue: IssueID) async throws -> [GroupingHash]

    /// Gives an issue hashes that nobody owns yet, so that later events with them follow it.
    ///
    /// - Returns: the other issues of the project that own some of the hashes, which stay theirs.
    func attach(_ hashes: [GroupingHash], to issue: IssueID) async throws -> [IssueID]

    /// Makes one issue of several of one project: the one with most events takes in the others.
    ///
    /// - Returns: the issue that is left.
    /// - Throws: ``StoreError/missing(_:)`` for an issue that is not there, ``StoreError/conflict(_:)`` for issues of
    ///   two projects.
    func merge(_ issues: [IssueID]) async throws -> IssueID

    /// Removes an issue with its events; a later event with its hashes makes a new one.
    func delete(_ issue: IssueID) async throws

    /// Removes an issue with its events; later events with its hashes are not taken in.
    func discard(_ issue: IssueID, at moment: Timestamp) async throws
}
