// What is left of a run: read from its file, of which nothing is believed unseen.

import CFlycatcher
import FlycatcherWire

/// A run's file, taken apart.
struct RunRecord {
    let header: RunHeader
    let facts: RunFacts
    let scopes: RunScopes
    /// What the crash handler noted; nil when it did not get to anything.
    let crash: CrashRecord?

    /// Reads the bytes of a file; nil when it is none of ours, or does not say where to send to.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == flycatcher_run_size, let header = RunHeader(bytes),
            let facts = Self.facts(bytes, header)
        else { return nil }
        self.header = header
        self.facts = facts
        scopes = RunScopes(slots: Self.slots(bytes, header), journal: Self.journal(bytes, header))
        crash = CrashRecord(Self.chunks(bytes, header))
    }

    private static func facts(_ bytes: [UInt8], _ header: RunHeader) -> RunFacts? {
        let start = flycatcher_facts_offset
        let count = Int(clamping: header.raw.facts_length)
        guard count <= flycatcher_facts_capacity else { return nil }
        let content = bytes[start..<start + count]
        guard content.check == header.raw.facts_check else { return nil }
        var reader = RecordReader(content)
        return reader.fields().flatMap { RunFacts($0) }
    }

    private static func slots(
        _ bytes: [UInt8], _ header: RunHeader
    ) -> [ScopeNumber: ArraySlice<UInt8>] {
        var slots: [ScopeNumber: ArraySlice<UInt8>] = [:]
        let capacity = flycatcher_slot_capacity
        let (first, second, third) = header.raw.slots
        for (number, slot) in [first, second, third].enumerated() {
            // While a state was being replaced the one before it counts.
            let half = Int(slot.version / 2 % 2)
            let place = half == 0 ? slot.halves.0 : slot.halves.1
            let start = flycatcher_slots_offset + (2 * number + half) * capacity
            let count = Int(clamping: place.length)
            guard count <= capacity else { continue }
            let content = bytes[start..<start + count]
            if content.check == place.check { slots[ScopeNumber(value: UInt64(number + 1))] = content }
        }
        return slots
    }

    /// The entries of the ring that are whole, the oldest first.
    private static func journal(
        _ bytes: [UInt8], _ header: RunHeader
    ) -> [(position: UInt64, bytes: ArraySlice<UInt8>)] {
        let capacity = UInt64(flycatcher_journal_capacity)
        let end = min(header.raw.journal_end, UInt64(Int.max) / 2)
        let offset = flycatcher_journal_offset
        let ring = bytes[offset..<offset + Int(capacity)]
        var entries: [(position: UInt64, bytes: ArraySlice<UInt8>)] = []
        var position = end > capacity ? end - capacity : 0
        while position + 16 <= end {
            var head = RecordReader(ring.around(position, 16))
            let start = head.read(UInt64.self)
            guard start == position, let length = head.read(UInt32.self), let check = head.read(UInt32.self),
                UInt64(length) <= end - position - 16,
                UInt64(length) <= capacity - 16,
                case let content = ring.around(position + 16, Int(length)),
                UInt32(truncatingIfNeeded: content.check) == check
            else {
                // The beginning of an entry is found by its own position.
                position += 8
                continue
            }
            entries.append((position, content))
            position += 16 + UInt64(length + 7) / 8 * 8
        }
        return entries
    }

    /// The chunks of the crash record that are whole.
    private static func chunks(_ bytes: [UInt8], _ header: RunHeader) -> [CrashRecord.Chunk] {
        let offset = flycatcher_crash_offset
        let count = min(Int(clamping: header.raw.crash_length), flycatcher_crash_capacity)
        guard header.state == .crashed || header.state == .recorded else { return [] }
        var reader = RecordReader(bytes[offset..<offset + count])
        var chunks: [CrashRecord.Chunk] = []
        while let kind = reader.read(UInt32.self), let length = reader.read(UInt32.self),
            let check = reader.read(UInt64.self), let content = reader.take(Int(length))
        {
            _ = reader.take((8 - Int(length) % 8) % 8)
            if content.check == check { chunks.append(CrashRecord.Chunk(kind: kind, content: content)) }
        }
        return chunks
    }
}

/// The beginning of a run's file.
struct RunHeader: Sendable {
    enum State: UInt64, Sendable {
        case alive = 1
        case ended, crashed, recorded
    }

    static var size: Int { MemoryLayout<flycatcher_run>.size }

    let raw: flycatcher_run
    let state: State

    /// Reads the beginning of a file; nil when it is another kind of file.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.size else { return nil }
        raw = bytes.withUnsafeBytes { $0.loadUnaligned(as: flycatcher_run.self) }
        guard raw.magic == flycatcher_run_magic, raw.version == flycatcher_run_version,
            let state = State(rawValue: raw.state)
        else { return nil }
        self.state = state
    }

    var eventID: EventID {
        let value = withUnsafeBytes(of: raw.event_id) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
        return EventID(value: value)
    }

    var startedAt: Timestamp {
        Timestamp(microseconds: Int64(clamping: raw.started_at))
    }

    /// Whether the crash handler had begun.
    var hasCrashed: Bool { state == .crashed || state == .recorded }

    /// Whether it was reported when it happened.
    var isDelivered: Bool { raw.is_delivered != 0 }

    /// Whether the app has been told of it.
    var isTold: Bool { raw.is_told != 0 }

    var errorCount: Int { Int(raw.session >> 32) }

    var sessionSequence: Int { Int(raw.session & 0xFFFF_FFFF) }

    /// How many requests were under way.
    var openRequests: Int { Swift.max(0, Int(truncatingIfNeeded: raw.open_requests)) }
}

extension ArraySlice<UInt8> {
    /// The sum that tells whether they are what was written.
    var check: UInt64 {
        withUnsafeBytes { flycatcher_check($0.baseAddress, $0.count) }
    }

    /// Bytes of a ring, around its end if need be.
    fileprivate func around(_ position: UInt64, _ count: Int) -> ArraySlice<UInt8> {
        let start = startIndex + Int(position % UInt64(self.count))
        if start + count <= endIndex { return self[start..<start + count] }
        return self[start...] + self[startIndex..<startIndex + count - (endIndex - start)]
    }
}
