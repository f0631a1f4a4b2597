// What a database says about the files of attachments.

import GRDB
public import Model

extension DatabaseFile {
    /// The files that attachments have and that are not there.
    ///
    /// What a server removes meanwhile is not missing: it is asked for twice.
    ///
    /// - Parameter isThere: says whether there is a file of this size.
    public func missingFiles(_ isThere: @Sendable (FileDigest, Int64) -> Bool) throws -> [FileDigest] {
        let missing = try withConnection { db in
            try db.tableExists("attachment") ? AttachmentTable(db: db).files { !isThere($0, $1) } : []
        }
        guard !missing.isEmpty else { return [] }
        return try withConnection { db in try missing.filter { try AttachmentTable(db: db).isUsed($0) } }
    }

    /// Those of some files that no attachment has.
    public func looseFiles(among files: [FileDigest]) throws -> [FileDigest] {
        try withConnection { db in
            guard try db.tableExists("attachment") else { return files }
            return try files.filter { try !AttachmentTable(db: db).isUsed($0) }
        }
    }
}
