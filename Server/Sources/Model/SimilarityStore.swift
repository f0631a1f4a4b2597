// Finding issues that are like another one.

/// The part of a ``Store`` that keeps what issues look like.
public protocol SimilarityStore: Sendable {
    /// Issues of which nobody has drawn a sketch yet, oldest first.
    func issuesToSketch(limit: Int) async throws -> [IssueID]

    /// Keeps what an issue looks like; an issue that is gone is passed over.
    func setSketch(_ sketch: IssueSketch, of issue: IssueID) async throws

    /// Issues of the same project that look like this one, the likest first.
    ///
    /// Only those that share a band with it are looked at, and of each band a bounded number.
    func similarIssues(to issue: IssueID, limit: Int) async throws -> [SimilarIssue]
}
