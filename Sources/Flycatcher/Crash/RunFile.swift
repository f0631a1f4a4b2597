// The file of the run that is going on.

import CFlycatcher
import FlycatcherWire
import Foundation

/// A run's file, mapped into memory, from the start of reporting to its end.
///
/// Unchecked: what changes after it was made is changed by the C functions only, which do it word by word; the file's
/// descriptor and the mapping live until `end`, and one run longer, so that nobody writes to what is gone.
final class RunFile: @unchecked Sendable {
    private let run: UnsafeMutablePointer<flycatcher_run>
    private let file: Int32
    /// Nil for a file that is gone with the process.
    private let path: String?

    /// Makes the file in a folder, or else one without a name, by which a crash is at least told when it happens; nil
    /// when even that can't be had.
    init?(in directory: StateDirectory?, _ facts: RunFacts) {
        let eventID = EventID()
        var file: Int32 = -1
        let named = directory.map { "\($0.path)/\(getpid())-\(eventID)\(StateDirectory.suffix)" }
        if let named, let run = flycatcher_create_run(named, &file) {
            (self.run, path) = (run, named)
        } else if let run = flycatcher_create_run(nil, &file) {
            (self.run, path) = (run, nil)
        } else {
            return nil
        }
        self.file = file
        write(eventID)
        write(facts)
        run.pointee.state = UInt64(flycatcher_run_alive)
    }

    /// Whether the next start will find it.
    var isLasting: Bool { path != nil }

    /// Has the handler and the scopes write to it.
    func watch() {
        flycatcher_watch_run(run, file)
    }

    /// Notes what the session of the run has come to.
    func note(sequence: Int, errorCount: Int) {
        flycatcher_note_session(run, UInt32(clamping: sequence), UInt32(clamping: errorCount))
    }

    /// Has the next start know that all is well.
    func end() {
        run.pointee.state = UInt64(flycatcher_run_ended)
        if let path { unlink(path) }
        close(file)
    }

    func discard() {
        flycatcher_discard_run(run)
    }

    private func write(_ eventID: EventID) {
        let process = ProcessIdentity.own
        var program = stat()
        stat("/proc/self/exe", &program)
        run.pointee.magic = flycatcher_run_magic
        run.pointee.version = UInt32(flycatcher_run_version)
        run.pointee.pid = UInt32(getpid())
        run.pointee.start_ticks = process.startTicks
        run.pointee.boot_id = process.bootID
        run.pointee.started_at = UInt64(clamping: Timestamp.now.microseconds)
        run.pointee.device = UInt64(program.st_dev)
        run.pointee.inode = UInt64(program.st_ino)
        withUnsafeMutableBytes(of: &run.pointee.event_id) { bytes in
            withUnsafeBytes(of: eventID.value.bigEndian) { bytes.copyBytes(from: $0) }
        }
    }

    private func write(_ facts: RunFacts) {
        let area = UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(run) + flycatcher_facts_offset,
            count: flycatcher_facts_capacity)
        var writer = RecordWriter(area)
        var facts = facts
        writer.part { $0.put(facts.fields) }
        if writer.count == 0 {
            // Without these an end can still be told.
            facts.contexts = [:]
            writer.part { $0.put(facts.fields) }
        }
        run.pointee.facts_length = UInt64(writer.count)
        run.pointee.facts_check = flycatcher_check(writer.written.baseAddress, writer.count)
    }
}

/// What tells a process from all others, before and after it.
struct ProcessIdentity {
    /// When it began, in clock ticks since the machine did.
    let startTicks: UInt64
    /// Which start of the machine it was.
    let bootID: (UInt64, UInt64)

    static var own: ProcessIdentity {
        ProcessIdentity(startTicks: startTicks(of: "self") ?? 0, bootID: currentBootID)
    }

    /// Whether a process still runs as the one that made a run's file; it may have turned into another program since.
    static func isAlive(_ header: RunHeader) -> Bool {
        header.raw.boot_id == currentBootID && header.raw.start_ticks != 0
            && startTicks(of: "\(header.raw.pid)") == header.raw.start_ticks
    }

    static let currentBootID: (UInt64, UInt64) = {
        let text = SystemFile.read("/proc/sys/kernel/random/boot_id") ?? ""
        let id = EventID(text.trimmingCharacters(in: .whitespacesAndNewlines))?.value ?? 0
        return (UInt64(truncatingIfNeeded: id >> 64), UInt64(truncatingIfNeeded: id))
    }()

    private static func startTicks(of process: String) -> UInt64? {
        SystemFile.read("/proc/\(process)/stat").flatMap(SystemFile.startTicks).map { UInt64(clamping: $0) }
    }
}
