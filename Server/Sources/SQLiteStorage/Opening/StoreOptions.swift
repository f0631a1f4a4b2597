// How a store is opened: by whom, and with how much memory.

public import Model

/// What the process that opens the store is.
public enum StoreRole: Sendable {
    /// The server; only one may run on a data folder at a time.
    case server
    /// A command that works on the folder for a moment, beside a running server or without one.
    case tool
}

/// The bounds within which a store works.
public struct StoreOptions: Sendable {
    /// What the process is; a server locks the folder.
    public var role: StoreRole
    /// Bytes that may wait to be written before events are refused.
    public var queueBytes: Int
    /// Pages that the writing connection keeps in memory, in bytes.
    public var writerCacheBytes: Int
    /// Pages that each reading connection keeps in memory, in bytes.
    public var readerCacheBytes: Int
    /// How many reads may run at a time; more wait.
    public var maximumReaderCount: Int
    /// How long to wait for another process that is writing.
    public var busyTimeout: Duration
    /// How full the disk is, as far as somebody looks.
    public var disk: DiskState
    /// So many events of an issue are kept whole in an hour before a sample is; nil keeps all.
    public var keptPerHour: Int64?

    /// Takes the role, with bounds that suit a small machine.
    public init(
        role: StoreRole = .tool, queueBytes: Int = 64 << 20, writerCacheBytes: Int = 32 << 20,
        readerCacheBytes: Int = 4 << 20, maximumReaderCount: Int = 4, busyTimeout: Duration = .seconds(5),
        disk: DiskState = DiskState(), keptPerHour: Int64? = nil
    ) {
        self.role = role
        self.queueBytes = queueBytes
        self.writerCacheBytes = writerCacheBytes
        self.readerCacheBytes = readerCacheBytes
        self.maximumReaderCount = maximumReaderCount
        self.busyTimeout = busyTimeout
        self.disk = disk
        self.keptPerHour = keptPerHour
    }
}
