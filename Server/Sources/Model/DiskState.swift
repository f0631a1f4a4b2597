// How full the disk is, and what is therefore left away.

public import FlycatcherWire
import Synchronization

/// What a file system has.
public struct DiskSpace: Hashable, Sendable {
    /// Bytes that are free for us.
    public let freeBytes: Int64
    public let totalBytes: Int64

    public init(freeBytes: Int64, totalBytes: Int64) {
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
    }
}

/// How much is kept, by the room there is.
public enum DiskStage: Int, Comparable, CaseIterable, Sendable {
    /// Everything is kept.
    case ample
    /// No attachments are.
    case withoutAttachments
    /// Every event is counted; kept whole are only those that make a new issue.
    case essentials
    /// Nothing is taken in.
    case refusing

    public static func < (one: DiskStage, other: DiskStage) -> Bool { one.rawValue < other.rawValue }

    /// The stage for so much room, coming from another stage.
    ///
    /// A stage is left for a better one only when there is a tenth more room than it asks for, so that a disk at a border
    /// does not go to and fro.
    public init(_ space: DiskSpace, after last: DiskStage = .ample) {
        let now = Self.stage(space)
        let eased = DiskSpace(freeBytes: space.freeBytes / 11 * 10, totalBytes: space.totalBytes)
        self = now < last ? min(last, Self.stage(eased)) : now
    }

    /// Percentages of a huge disk are more than anybody needs: each counts up to a size.
    private static func stage(_ space: DiskSpace) -> DiskStage {
        func isBelow(percent: Int64, of gigabytes: Int64) -> Bool {
            space.freeBytes < min(space.totalBytes / 100 * percent, gigabytes << 30)
        }
        if isBelow(percent: 2, of: 4) { return .refusing }
        if isBelow(percent: 5, of: 10) { return .essentials }
        return isBelow(percent: 10, of: 20) || space.freeBytes < 2 << 30 ? .withoutAttachments : .ample
    }
}

/// How full the disk is, for everybody to ask; one of the server's jobs says so every few seconds.
public final class DiskState: Sendable {
    private struct Reading {
        var space: DiskSpace?
        var stage = DiskStage.ample
        var since: Timestamp?
    }

    private let reading = Mutex(Reading())

    /// A disk of which nothing is known has room.
    public init() {}

    /// What is left away at the moment.
    public var stage: DiskStage { reading.withLock { $0.stage } }

    /// Whether attachments are kept.
    public var takesAttachments: Bool { stage < .withoutAttachments }

    /// What the disk had when it was looked at last; nil before.
    public var space: DiskSpace? { reading.withLock { $0.space } }

    /// Since when it has been in its stage; nil while it has room.
    public var since: Timestamp? { reading.withLock { $0.since } }

    /// Takes a new reading.
    ///
    /// - Returns: the new stage if it is another one.
    @discardableResult
    public func note(_ space: DiskSpace, at moment: Timestamp) -> DiskStage? {
        reading.withLock { reading in
            let stage = DiskStage(space, after: reading.stage)
            reading.space = space
            guard stage != reading.stage else { return nil }
            reading.stage = stage
            reading.since = stage == .ample ? nil : moment
            return stage
        }
    }
}
