// What the scopes of a run said when it ended, read from its file.

import FlycatcherWire

/// The newest states of scopes, and the journal of their changes.
struct RunScopes {
    /// Where scopes were when a run ended; those of the process where the numbers are zero.
    struct Marks {
        var isolation = ScopeNumber(value: 0)
        var current = ScopeNumber(value: 0)
    }

    private enum Content {
        case breadcrumb(Flycatcher.Breadcrumb)
        case state(ScopeData)
        case fork(ScopeNumber)
        case cleared
    }

    private struct Entry {
        let position: UInt64
        let scope: ScopeNumber
        let content: Content
    }

    /// A scope up to where another one began as its copy.
    private struct Ancestor {
        let scope: ScopeNumber
        let end: UInt64
    }

    /// The states of the process's scopes.
    private let lasting: [ScopeNumber: ScopeData]
    private let entries: [Entry]

    /// Reads what is there; what is not as it should be is left out.
    ///
    /// - Parameters:
    ///   - slots: the states of the process's scopes.
    ///   - journal: its entries in their order, each with its position.
    init(slots: [ScopeNumber: ArraySlice<UInt8>], journal: [(position: UInt64, bytes: ArraySlice<UInt8>)]) {
        lasting = slots.mapValues {
            var reader = RecordReader($0)
            return reader.scopeData()
        }
        entries = journal.compactMap { position, bytes in Self.entry(at: position, bytes) }
    }

    /// What they said, the most specific first.
    func data(at marks: Marks) -> [ScopeData] {
        let current = marks.current.value == 0 ? ScopeNumber.ofProcess.current : marks.current
        let isolation = marks.isolation.value == 0 ? ScopeNumber.ofProcess.isolation : marks.isolation
        return [current, isolation, .global].map(data)
    }

    private func data(of scope: ScopeNumber) -> ScopeData {
        let lineage = lineage(of: scope)
        var data = lineage.lazy.compactMap(state).first ?? ScopeData()
        let start = lineage.compactMap(clearing).max()
        for entry in entries {
            guard case .breadcrumb(let breadcrumb) = entry.content, entry.position >= start ?? 0,
                lineage.contains(where: { $0.scope == entry.scope && entry.position < $0.end })
            else { continue }
            data.breadcrumbs.append(
                NumberedBreadcrumb(breadcrumb, number: entry.position), limit: RecordLimits.entries)
        }
        return data
    }

    /// The scope, the one that it began as a copy of, and so on.
    private func lineage(of scope: ScopeNumber) -> [Ancestor] {
        var lineage = [Ancestor(scope: scope, end: .max)]
        for entry in entries.reversed() {
            guard let youngest = lineage.last, entry.scope == youngest.scope,
                entry.position < youngest.end, case .fork(let parent) = entry.content
            else { continue }
            lineage.append(Ancestor(scope: parent, end: entry.position))
        }
        return lineage
    }

    private func state(of ancestor: Ancestor) -> ScopeData? {
        let newest = entries.last { entry in
            guard case .state = entry.content else { return false }
            return entry.scope == ancestor.scope && entry.position < ancestor.end
        }
        if case .state(let data) = newest?.content { return data }
        return lasting[ancestor.scope]
    }

    private func clearing(of ancestor: Ancestor) -> UInt64? {
        entries.last { entry in
            guard case .cleared = entry.content else { return false }
            return entry.scope == ancestor.scope && entry.position < ancestor.end
        }?.position
    }

    private static func entry(at position: UInt64, _ bytes: ArraySlice<UInt8>) -> Entry? {
        var reader = RecordReader(bytes)
        guard let kind = reader.read(UInt8.self).flatMap(ScopeMirror.Entry.init),
            let scope = reader.read(UInt64.self).map(ScopeNumber.init)
        else { return nil }
        let content: Content? =
            switch kind {
            case .breadcrumb: reader.breadcrumb().map { .breadcrumb($0) }
            case .state: .state(reader.scopeData())
            case .fork: reader.read(UInt64.self).map { .fork(ScopeNumber(value: $0)) }
            case .cleared: .cleared
            }
        return content.map { Entry(position: position, scope: scope, content: $0) }
    }
}

extension RecordReader {
    mutating func breadcrumb() -> Flycatcher.Breadcrumb? {
        guard let moment = read(Int64.self), let level = level(), let type = text(),
            let category = optionalText(), let message = optionalText()
        else { return nil }
        return Flycatcher.Breadcrumb(
            message, category: category, level: level, type: type, data: isAtEnd ? [:] : fields() ?? [:],
            timestamp: Timestamp(microseconds: moment))
    }

    /// What a scope says, as far as it can be read.
    mutating func scopeData() -> ScopeData {
        var data = ScopeData()
        while let part = read(UInt8.self).flatMap(ScopePart.init), read(part, into: &data) {}
        return data
    }

    private mutating func read(_ part: ScopePart, into data: inout ScopeData) -> Bool {
        switch part {
        case .user: data.user = user()
        case .level: data.level = level()
        case .request: data.request = request().map { .told($0) }
        case .transaction: data.transaction = text()
        case .fingerprint:
            guard let text = text() else { return false }
            data.fingerprint.append(text)
        case .tag, .extra, .context, .flag:
            guard let key = text() else { return false }
            return read(part, key, into: &data)
        }
        return true
    }

    private mutating func read(_ part: ScopePart, _ key: String, into data: inout ScopeData) -> Bool {
        switch part {
        case .tag: text().map { data.tags.setBounded(key, to: $0) } != nil
        case .extra: value().map { data.extra.setBounded(key, to: $0) } != nil
        case .context: fields().map { data.contexts.setBounded(key, to: $0) } != nil
        default: read(UInt8.self).map { data.flags.add(key, $0 != 0) } != nil
        }
    }

    private mutating func user() -> Flycatcher.User? {
        guard let id = optionalText(), let username = optionalText(), let email = optionalText(),
            let name = optionalText(), let address = optionalText(), let data = fields()
        else { return nil }
        return Flycatcher.User(
            id: id, username: username, email: email, name: name, ipAddress: address, data: data)
    }

    private mutating func request() -> Flycatcher.Request? {
        guard let method = optionalText(), let url = optionalText() else { return nil }
        return Flycatcher.Request(method: method, url: url)
    }
}
