// Finding issues that are like another one.

import GRDB
public import Model

extension SQLiteStore {
    /// Lists issues without a sketch.
    public func issuesToSketch(limit: Int) async throws -> [IssueID] {
        try await read { try SketchTable(db: $0).missing(limit: limit) }
    }

    /// Keeps what an issue looks like.
    public func setSketch(_ sketch: IssueSketch, of issue: IssueID) async throws {
        try await write { try SketchTable(db: $0).set(sketch, of: issue) }
    }

    /// Reads the issues that share a band with one, and sorts them by how much they are like it.
    public func similarIssues(to issue: IssueID, limit: Int) async throws -> [SimilarIssue] {
        try await read { db in
            let sketches = SketchTable(db: db)
            guard let sketch = try sketches.find(issue) else { return [] }
            let alike = try sketches.neighbours(of: issue, sketch)
                .map { (id: $0.key, similarity: sketch.similarity(to: $0.value)) }
                .filter { $0.similarity.score >= IssueSimilarity.threshold }
                .sorted { ($0.similarity.score, -$0.id.value) > ($1.similarity.score, -$1.id.value) }
            let table = IssueTable(db: db)
            return try alike.prefix(max(0, limit)).compactMap { entry in
                try table.find(entry.id).map { SimilarIssue(issue: $0, similarity: entry.similarity) }
            }
        }
    }
}
