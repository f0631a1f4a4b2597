// Projects, their keys and their settings, as far as they are kept.

public import FlycatcherWire

/// The part of a ``Store`` that says whose events are taken in, and how.
///
/// Every change is known to every process by ``projectsVersion()``, and sooner by ``projectsMark``.
public protocol ProjectStore: Sendable {
    /// Makes a project with a first key. Its slug and short prefix are made unique by a number where needed.
    func createProject(_ draft: ProjectDraft, at moment: Timestamp) async throws -> (Project, ProjectKey)

    /// All projects, oldest first.
    func projects() async throws -> [Project]

    /// All client keys, oldest first.
    func projectKeys() async throws -> [ProjectKey]

    /// A number that grows whenever projects, keys or settings change, in this process or another.
    func projectsVersion() async throws -> Int64

    /// What tells at once, and at next to no cost, that ``projectsVersion()`` may have grown: it is then another number.
    ///
    /// A change may be missed when the process that makes it is killed in the middle; looking at the version now and
    /// then makes up for that.
    var projectsMark: Int64 { get }

    /// Makes a further key of a project.
    ///
    /// - Throws: ``StoreError/missing(_:)`` when there is no such project.
    func createKey(label: String, of project: ProjectID, at moment: Timestamp) async throws -> ProjectKey

    /// Changes a key; what it is known by stays as it is.
    ///
    /// - Returns: the key as it is now.
    /// - Throws: ``StoreError/missing(_:)`` when the project has no such key.
    func changeKey(
        _ key: Int64, of project: ProjectID, _ change: @Sendable (inout ProjectKey) -> Void
    ) async throws -> ProjectKey

    /// Removes a key for good; what was counted for it stays counted.
    ///
    /// - Throws: ``StoreError/missing(_:)`` when the project has no such key.
    func deleteKey(_ key: Int64, of project: ProjectID) async throws

    /// Adds to what filters have found; of the last event of each pattern, the title takes the place of the one before.
    func note(_ notes: [FilterNote]) async throws

    /// What the filters of a project have found, by pattern, in the day and the week up to a moment.
    func filterTallies(of project: ProjectID, at moment: Timestamp) async throws -> [FilterTally]

    /// The settings of the projects in which anything was ever set.
    func projectSettings() async throws -> [ProjectID: ProjectSettings]

    /// Changes the settings of a project, with nobody else's change in between.
    ///
    /// - Returns: the settings as they are now.
    /// - Throws: ``StoreError/missing(_:)`` when there is no such project.
    func changeSettings(
        of project: ProjectID, _ change: @Sendable (inout ProjectSettings) -> Void
    ) async throws -> ProjectSettings
}
