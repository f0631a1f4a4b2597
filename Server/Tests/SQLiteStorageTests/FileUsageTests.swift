// Tests that a database of before files were counted knows what its attachments take.

import Foundation
import GRDB
import Model
import StoreContract
import Testing

@testable import SQLiteStorage

@Suite struct FileUsageTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `an older database counts the attachments that it has`() async throws {
        try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
        let old = try DatabaseQueue(path: folder.database)
        try await old.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA application_id = \(Connection.applicationID)")
            try db.execute(sql: "CREATE TABLE migration (name TEXT PRIMARY KEY) STRICT")
            for step in Migrations.steps.prefix(12) {
                try db.execute(sql: step.sql)
                try db.execute(sql: "INSERT INTO migration VALUES (?)", arguments: [step.name])
            }
            for project in 1...2 {
                try db.execute(
                    sql: "INSERT INTO project VALUES (?, ?, 'Shop', 'python', ?, 0, NULL, 0)",
                    arguments: [project, "shop-\(project)", "SHOP\(project)"])
                for (ordinal, size) in [10, 10, 20].enumerated() {
                    try db.execute(
                        sql: """
                            INSERT INTO attachment VALUES (
                                NULL, ?, randomblob(16), 'a', 'text/plain', 'event.attachment', ?, ?, ?, 0, NULL)
                            """,
                        arguments: [project, size, Data(repeating: UInt8(size), count: 32), ordinal])
                }
            }
        }
        try old.close()

        let store = try folder.open()
        let usage = try await store.usage()

        #expect(usage[ProjectID(1)] == StorageUsage(files: 2, fileBytes: 30))
        #expect(usage[ProjectID(2)] == usage[ProjectID(1)])
        #expect(usage.whole == StorageUsage(files: 2, fileBytes: 30))
        try await store.close()
    }
}
