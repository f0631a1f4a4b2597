// Parts of traces, packed, within a number of bytes.

import FlycatcherWire
import Foundation
import GRDB
import Model

/// Tables `trace_item` and, for the sum of its sizes, `kept_bytes`.
struct TraceItemTable {
    let db: Database

    /// Bytes that a row takes besides its body, about.
    private static let rowBytes = 300

    /// Adds a part of a trace unless it is there, and says whether it was not.
    func insert(_ item: TraceItemDraft, in project: ProjectID) throws -> Bool {
        try db.run(
            """
            INSERT OR IGNORE INTO trace_item (
                item_id, project, kind, trace_id, span_id, timestamp, duration, name, operation, status, level, count,
                release, environment, body_size, body
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                item.id.blob, project.value, item.kind.rawValue, item.trace.value.blob,
                item.span.map { Int64(bitPattern: $0.value) }, item.timestamp.microseconds, item.duration,
                item.name,
                item.operation, item.status, item.level.map { Int64($0.rawValue) }, item.count, item.release,
                item.environment, item.bodySize, Data(item.body),
            ])
        guard db.changesCount > 0 else { return false }
        try addBytes(Int64(item.body.count + Self.rowBytes))
        return true
    }

    private func addBytes(_ bytes: Int64) throws {
        try db.run("UPDATE kept_bytes SET bytes = bytes + ? WHERE kind = 'trace_item'", [bytes])
    }

    func all(of trace: TraceID, in project: ProjectID, limit: Int) throws -> [TraceItem] {
        let sql = """
            SELECT item_id, kind, span_id, timestamp, duration, name, operation, status, level, count, release,
                environment, body_size, body
            FROM trace_item WHERE trace_id = ? AND project = ? ORDER BY timestamp, id LIMIT ?
            """
        return try db.rows(sql, [trace.value.blob, project.value, limit]) { row in
            let draft = TraceItemDraft(
                id: EventID(blob: row[0]), kind: TraceItemDraft.Kind(rawValue: row[1]) ?? .spans,
                trace: trace,
                span: (row[2] as Int64?).flatMap { SpanID(value: UInt64(bitPattern: $0)) },
                timestamp: Timestamp(microseconds: row[3]), duration: row[4], name: row[5], operation: row[6],
                status: row[7], level: (row[8] as UInt8?).flatMap { Level(rawValue: $0) }, count: row[9],
                release: row[10], environment: row[11],
                body: try SQLiteStore.unpacked(Array(row[13] as Data)),
                bodySize: row[12])
            return TraceItem(project: project, draft: draft)
        }
    }

    /// Removes what is older than a moment, and says how many it were.
    func remove(of project: ProjectID, before moment: Timestamp, limit: Int) throws -> Int {
        let rows: [Int64] = try db.rows(
            "SELECT id FROM trace_item WHERE project = ? AND timestamp < ? ORDER BY timestamp LIMIT ?",
            [project.value, moment.microseconds, limit]
        ) { $0[0] }
        return try remove(rows)
    }

    /// The next rows, with what they say.
    func searched(of project: ProjectID?, after row: Int64, limit: Int) throws -> [PackedRecord] {
        let condition = project == nil ? "?2 IS NULL" : "project = ?2"
        return try db.rows(
            "SELECT id, name, body FROM trace_item WHERE id > ?1 AND \(condition) ORDER BY id LIMIT ?3",
            [row, project?.value, limit]
        ) { PackedRecord(row: $0[0], texts: [$0[1]], body: Array($0[2] as Data)) }
    }

    /// Removes rows, and says how many were there.
    func remove(_ rows: [Int64]) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        let bytes =
            try db.number(
                """
                SELECT sum(length(body) + \(Self.rowBytes)) FROM trace_item
                WHERE id IN (SELECT value FROM json_each(?))
                """, [rows.jsonList]) ?? 0
        try db.run(
            "DELETE FROM trace_item WHERE id IN (SELECT value FROM json_each(?))", [rows.jsonList])
        let count = db.changesCount
        try addBytes(-bytes)
        return count
    }

    /// Removes the oldest beyond a number of bytes; says whether more may be left.
    func trim(to limit: Int64, pieceSize: Int) throws -> Bool {
        let kept = try db.number("SELECT bytes FROM kept_bytes WHERE kind = 'trace_item'", []) ?? 0
        guard kept > limit else { return false }
        let oldest = try db.rows(
            "SELECT id, length(body) FROM trace_item ORDER BY id LIMIT ?", [pieceSize]
        ) { (id: $0[0] as Int64, bytes: ($0[1] as Int64) + Int64(Self.rowBytes)) }
        var freed: Int64 = 0
        var last: Int64 = 0
        for row in oldest where freed < kept - limit {
            freed += row.bytes
            last = row.id
        }
        try db.run("DELETE FROM trace_item WHERE id <= ?", [last])
        try addBytes(-freed)
        return kept - freed > limit && oldest.count == pieceSize
    }
}
