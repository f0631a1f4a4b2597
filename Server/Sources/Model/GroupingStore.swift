// What people do about grouping, as far as it is kept: rules, merging, discarding.

public import FlycatcherWire

/// The part of a ``Store`` that changes which events belong together.
///
/// Rules for implementers, which the contract suite checks:
/// - Merged issues are one in every respect: events, counters, tags, users; later events follow their hashes.
/// - What is large moves in pieces, between which events are recorded; a restart goes on with it.
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
    /// The others are gone at once. What they have follows, if need be with the help of ``continueDepartures()``.
    ///
    /// - Returns: the issue that is left.
    /// - Throws: ``StoreError/missing(_:)`` for an issue that is not there, ``StoreError/conflict(_:)`` for issues of
    ///   two projects.
    func merge(_ issues: [IssueID]) async throws -> IssueID

    /// Removes an issue with its events; a later event with its hashes makes a new one.
    func delete(_ issue: IssueID) async throws

    /// Removes an issue with its events; later events with its hashes are not taken in.
    func discard(_ issue: IssueID, at moment: Timestamp) async throws

    /// Moves one more piece of what issues left behind that were merged or removed.
    ///
    /// - Returns: whether more is left.
    func continueDepartures() async throws -> Bool

    /// Makes an issue of its own of some of an issue's hashes; its events follow as they are regrouped.
    ///
    /// - Returns: the new issue.
    /// - Throws: ``StoreError/missing(_:)`` when a hash is not the issue's, or when none would stay.
    func unmerge(_ hashes: [GroupingHash], from issue: IssueID) async throws -> IssueID

    /// Has every event of a project regrouped.
    func regroup(_ project: ProjectID) async throws

    /// How many issues of a project wait to be regrouped, or are being.
    func regroupingCount(of project: ProjectID) async throws -> Int

    /// The next events to regroup, at most so many; nil when nothing is to be regrouped.
    func nextRegrouping(limit: Int) async throws -> RegroupingBatch?

    /// Moves events to where they belong, or counts them, as the step of their batch says.
    ///
    /// Does nothing when somebody else was quicker.
    ///
    /// - Parameter events: the entries of the batch as they are grouped now; nil for one that stays where it is.
    func regroup(_ batch: RegroupingBatch, as events: [GroupedEvent?]) async throws
}
