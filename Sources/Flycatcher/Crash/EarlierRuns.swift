// The runs that ended before this one began, and have not been reported.

import CFlycatcher
import FlycatcherWire
import Foundation

/// A run's file in the hands of this process alone, until it lets go of it.
///
/// Unchecked: the descriptor is only used by the thread that reports the run, and closed when nobody has it any more.
final class EarlierRun: @unchecked Sendable {
    /// How often a report may be begun, so that one that ends this process too does not do so for ever.
    static let attemptLimit = 3

    let header: RunHeader
    private let path: String
    private let file: Int32

    /// Takes a file; nil when it is another's or none of ours.
    init?(_ path: String) {
        self.path = path
        file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        var status = stat()
        // Its process has it as long as it lives; one without a name was dealt with by another process just now.
        guard flycatcher_lock_file(file), fstat(file, &status) == 0, status.st_nlink > 0,
            status.st_mode & S_IFMT == S_IFREG, status.st_uid == getuid(),
            let header = RunHeader(Self.read(file, RunHeader.size))
        else {
            close(file)
            return nil
        }
        self.header = header
    }

    deinit {
        close(file)
    }

    /// Its whole content.
    var bytes: [UInt8] { Self.read(file, flycatcher_run_size) }

    /// Notes that a report is begun.
    ///
    /// - Returns: false when that was tried often enough.
    func beginAttempt() -> Bool {
        let attempts = header.raw.attempts
        guard attempts < Self.attemptLimit else { return false }
        write(attempts + 1, at: MemoryLayout<flycatcher_run>.offset(of: \.attempts))
        return true
    }

    /// Notes that the app has been told of it.
    func noteTold() {
        write(1, at: MemoryLayout<flycatcher_run>.offset(of: \.is_told))
    }

    /// Leaves it for a later start; want of a network is no failed attempt.
    func keep() {
        write(header.raw.attempts, at: MemoryLayout<flycatcher_run>.offset(of: \.attempts))
    }

    func remove() {
        unlink(path)
    }

    private func write(_ word: UInt64, at offset: Int?) {
        guard let offset else { return }
        _ = withUnsafeBytes(of: word) { pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
    }

    static func read(_ file: Int32, _ size: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let more = pread(file, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
                if more <= 0 { break }
                count += more
            }
        }
    }
}

/// Those of a folder that are over.
struct EarlierRuns {
    /// How many are kept for a server that is not there.
    static let capacity = 10
    /// How soon after its start a run must have crashed for the next one to wait until that is told.
    static let earlyCrash = Duration.seconds(2)

    /// What there is to report, the oldest first.
    private(set) var runs: [EarlierRun] = []
    /// How many were given up: files that cannot be read, and those beyond the capacity.
    private(set) var unreadableCount = 0
    private(set) var surplusCount = 0
    /// Whether the newest of them crashed.
    private(set) var hasCrashed = false

    /// Takes all that no other process has; this one must have none there, since closing it would be letting go of it.
    init(_ directory: StateDirectory) {
        var runs: [EarlierRun] = []
        for path in directory.files {
            if let run = EarlierRun(path) {
                take(run, &runs)
            } else if Self.isUnreadable(path) {
                unlink(path)
                unreadableCount += 1
            }
        }
        runs.sort { $0.header.startedAt < $1.header.startedAt }
        // One that waits for its server may be older than the last.
        hasCrashed = runs.last.map { $0.header.hasCrashed && !$0.header.isTold } ?? false
        for run in runs.dropLast(Self.capacity) { run.remove() }
        surplusCount = max(0, runs.count - Self.capacity)
        self.runs = runs.suffix(Self.capacity)
    }

    /// Whether one of them crashed so soon that this one may do so too before it is told.
    var hasEarlyCrash: Bool {
        runs.contains { run in
            run.header.hasCrashed && !run.header.isDelivered
                && RunRecord(run.bytes)?.lifetime ?? .zero < Self.earlyCrash
        }
    }

    private func take(_ run: EarlierRun, _ runs: inout [EarlierRun]) {
        switch run.header.state {
        case .ended: run.remove()
        // It lives, but has let go of its file: it has turned into another program.
        case .alive where ProcessIdentity.isAlive(run.header): run.remove()
        case .alive, .crashed, .recorded: runs.append(run)
        }
    }

    /// Whether a file of ours is no run's; one that its process has, or another user, is left alone.
    private static func isUnreadable(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_uid == getuid() else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else { return true }
        let file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flycatcher_lock_file(file) && RunHeader(EarlierRun.read(file, RunHeader.size)) == nil
    }
}

extension RunRecord {
    /// From the start of reporting to the crash.
    var lifetime: Duration? {
        (crash?.signal.moment).map {
            .microseconds(max(0, $0.microseconds - header.startedAt.microseconds))
        }
    }
}
