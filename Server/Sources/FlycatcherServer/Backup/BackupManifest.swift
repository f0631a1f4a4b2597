// What a backup says of itself: the first file in it.

import FlycatcherWire
import FoundationEssentials
import SQLiteStorage

/// Which version made a backup, when, and of how much.
public struct BackupManifest: Codable, Hashable, Sendable {
    /// The form of the container; a higher number than ours is refused.
    public var format = currentFormat
    /// The version of Flycatcher that made it.
    public let version: String
    /// When its moment was, in the form of ISO 8601.
    public let createdAt: String
    /// What the database holds.
    public let events: Int64
    public let issues: Int64
    public let projects: Int64

    init(at moment: Timestamp, _ report: DatabaseReport) {
        version = FlycatcherVersion.current
        createdAt = "\(moment)"
        events = report.counts.events
        issues = report.counts.issues
        projects = report.counts.projects
    }

    static let currentFormat = 1
    static let name = "flycatcher-backup.json"

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            encoder.keyEncodingStrategy = .convertToSnakeCase
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }

    /// Reads a manifest.
    ///
    /// - Throws: ``BackupError``.
    static func read(_ bytes: [UInt8], of file: String) throws(BackupError) -> BackupManifest {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // What is wrong in a file that a person would have to mend is of no use to them.
        guard let manifest = try? decoder.decode(BackupManifest.self, from: Data(bytes)) else {
            throw .notABackup(file)
        }
        guard manifest.format <= currentFormat else { throw .newerFormat(file, version: manifest.version) }
        return manifest
    }
}
