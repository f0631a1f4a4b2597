// Writes what scopes say into the run's file while they say it, since nobody can be asked after a crash.

import CFlycatcher
import FlycatcherWire

/// Mirrors scopes: those of the process as they are now, those of requests and blocks as a journal of their changes.
///
/// The journal is a ring, in which the newest some hundred kilobytes are found after a crash. It tells apart what belongs
/// to which scope, so that the breadcrumbs of one request never explain the crash of another.
enum ScopeMirror {
    /// What an entry of the journal tells.
    enum Entry: UInt8 {
        case breadcrumb = 1
        /// Everything that a scope says, breadcrumbs aside.
        case state
        /// A scope begins as a copy of another.
        case fork
        /// A scope forgets its breadcrumbs.
        case cleared
    }

    /// Most entries fit into what the stack has to spare.
    private static let smallSize = 960
    /// How much of a scope of a request or block is noted.
    private static let stateSize = 8192

    private static var isOff: Bool { flycatcher_watched_run() == nil }

    /// Notes what a scope says now; the caller holds its lock.
    static func note(_ data: ScopeData, of scope: ScopeNumber) {
        guard !isOff else { return }
        flycatcher_cover_thread()
        let isLasting = scope.slot != nil
        let size = isLasting ? flycatcher_slot_capacity : stateSize
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
            var writer = RecordWriter(buffer)
            if !isLasting { writer.begin(.state, of: scope) }
            writer.put(data)
            if let slot = scope.slot {
                flycatcher_write_slot(slot, writer.written.baseAddress, writer.count)
            } else {
                flycatcher_append(writer.written.baseAddress, writer.count)
            }
        }
    }

    static func note(_ breadcrumb: NumberedBreadcrumb, of scope: ScopeNumber) {
        guard !isOff else { return }
        flycatcher_cover_thread()
        let breadcrumb = breadcrumb.breadcrumb
        flycatcher_note_sign(UInt64(clamping: breadcrumb.timestamp.microseconds))
        let isSmall =
            breadcrumb.data.isEmpty
            && (breadcrumb.message?.utf8.count ?? 0) + (breadcrumb.category?.utf8.count ?? 0) < smallSize / 2
        append(isSmall ? smallSize : RecordLimits.breadcrumbBytes) { writer in
            writer.begin(.breadcrumb, of: scope)
            writer.put(breadcrumb)
        }
    }

    static func noteFork(_ scope: ScopeNumber, of parent: ScopeNumber) {
        guard !isOff else { return }
        append(32) { writer in
            writer.begin(.fork, of: scope)
            writer.put(parent.value)
        }
    }

    static func noteCleared(_ scope: ScopeNumber) {
        guard !isOff else { return }
        append(32) { $0.begin(.cleared, of: scope) }
    }

    private static func append(_ size: Int, _ body: (inout RecordWriter) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
            var writer = RecordWriter(buffer)
            body(&writer)
            flycatcher_append(writer.written.baseAddress, writer.count)
        }
    }
}

/// Tells scopes apart, among all that the process has had.
struct ScopeNumber: Hashable, Sendable {
    /// Zero for none.
    let value: UInt64

    static let global = ScopeNumber(value: 1)
    static let ofProcess = (isolation: ScopeNumber(value: 2), current: ScopeNumber(value: 3))

    /// The place of a scope that lasts as long as the process.
    var slot: UInt32? {
        (1...3).contains(value) ? UInt32(value - 1) : nil
    }
}

/// What scopes and breadcrumbs are in a run's file.
enum ScopePart: UInt8 {
    case tag = 1
    case extra, context, flag, user, level, fingerprint, transaction, request
}

extension RecordWriter {
    fileprivate mutating func begin(_ entry: ScopeMirror.Entry, of scope: ScopeNumber) {
        put(entry.rawValue)
        put(scope.value)
    }

    /// Writes a breadcrumb; too much data is left out.
    mutating func put(_ breadcrumb: Flycatcher.Breadcrumb) {
        put(breadcrumb.timestamp.microseconds)
        put(breadcrumb.level)
        put(breadcrumb.type)
        put(breadcrumb.category)
        put(breadcrumb.message)
        guard !breadcrumb.data.isEmpty else { return }
        part { $0.put(breadcrumb.data) }
    }

    /// Writes what a scope says, the most telling first.
    mutating func put(_ data: ScopeData) {
        if let user = data.user { part { $0.put(user) } }
        if let level = data.level {
            part {
                $0.put(ScopePart.level.rawValue)
                $0.put(level)
            }
        }
        if let transaction = data.transaction { part { $0.put(.transaction, transaction) } }
        for text in data.fingerprint { part { $0.put(.fingerprint, text) } }
        for (key, value) in data.tags {
            part {
                $0.put(.tag, key)
                $0.put(value)
            }
        }
        for (flag, result) in data.flags.results {
            part {
                $0.put(.flag, flag)
                $0.put(UInt8(result ? 1 : 0))
            }
        }
        if case .told(let request) = data.request { part { $0.put(request) } }
        for (key, fields) in data.contexts {
            part {
                $0.put(.context, key)
                $0.put(fields)
            }
        }
        for (key, value) in data.extra {
            part {
                $0.put(.extra, key)
                $0.put(value)
            }
        }
    }

    private mutating func put(_ part: ScopePart, _ text: String) {
        put(part.rawValue)
        put(text)
    }

    private mutating func put(_ user: Flycatcher.User) {
        put(ScopePart.user.rawValue)
        for text in [user.id, user.username, user.email, user.name, user.ipAddress] { put(text) }
        put(user.data)
    }

    /// Of a request what it was for; what else it brought is left out of a file.
    private mutating func put(_ request: Flycatcher.Request) {
        put(ScopePart.request.rawValue)
        put(request.method)
        put(request.url)
    }
}
