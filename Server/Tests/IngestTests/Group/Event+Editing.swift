// Reading and changing events as Foundation holds them.

import Foundation

extension Event {
    init?(json: String) {
        let object = try? JSONSerialization.jsonObject(with: Data(json.utf8))
        guard let event = object as? Event else { return nil }
        self = event
    }

    /// The JSON text; keys sorted.
    var json: String {
        let data = try? JSONSerialization.data(withJSONObject: self, options: [.sortedKeys])
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    func setting(_ key: String, _ value: Any) -> Event {
        var event = self
        event[key] = value
        return event
    }

    func removing(_ key: String) -> Event {
        var event = self
        event[key] = nil
        return event
    }

    func shifting(_ key: String, by count: Int) -> Event {
        (self[key] as? Int).map { setting(key, $0 + count) } ?? self
    }

    var isOwn: Bool { self["in_app"] as? Bool == true }

    /// Whether the client says outright what it belongs to.
    var decidesItself: Bool {
        if self["checksum"] is String { return true }
        let fingerprint = self["fingerprint"] as? [Any] ?? []
        return !fingerprint.isEmpty && !fingerprint.contains { "\($0)".contains("default") }
    }

    // MARK: Exceptions

    private static let exceptionKeys = ["exception", "sentry.interfaces.Exception"]

    private var exceptionKey: String? { Self.exceptionKeys.first { self[$0] != nil } }

    var exceptions: [Event] {
        guard let key = exceptionKey else { return [] }
        let list = (self[key] as? Event)?["values"] as? [Any] ?? self[key] as? [Any] ?? []
        return list.compactMap { $0 as? Event }
    }

    var isSynthetic: Bool {
        exceptions.allSatisfy { ($0["mechanism"] as? Event)?["synthetic"] as? Bool == true }
    }

    func mapExceptions(_ change: (Event) -> Event) -> Event? {
        guard let key = exceptionKey, !exceptions.isEmpty else { return nil }
        return setting(key, ["values": exceptions.map(change)])
    }

    // MARK: Frames

    private static let stackKeys = ["stacktrace", "sentry.interfaces.Stacktrace"]

    private static func frames(of owner: Event) -> [Event] {
        stackKeys.lazy.compactMap { (owner[$0] as? Event)?["frames"] as? [Any] }.first?
            .compactMap { $0 as? Event } ?? []
    }

    private var threads: [Event] {
        let list = (self["threads"] as? Event)?["values"] as? [Any] ?? self["threads"] as? [Any] ?? []
        return list.compactMap { $0 as? Event }
    }

    /// The frames by which it may be grouped: of the exceptions, else of the event, else of the threads.
    var frames: [Event] {
        let own = exceptions.flatMap { Self.frames(of: $0) } + Self.frames(of: self)
        return own.isEmpty ? threads.flatMap { Self.frames(of: $0) } : own
    }

    private static func mapStack(_ owner: Event, _ change: ([Event]) -> [Event]) -> Event {
        for key in stackKeys {
            guard let trace = owner[key] as? Event, trace["frames"] is [Any] else { continue }
            return owner.setting(key, trace.setting("frames", change(frames(of: owner))))
        }
        return owner
    }

    /// Changes every stack trace; nil when there is none.
    func mapStacks(_ change: ([Event]) -> [Event]) -> Event? {
        guard !frames.isEmpty else { return nil }
        var event = Self.mapStack(self, change)
        event = event.mapExceptions { Self.mapStack($0, change) } ?? event
        if !threads.isEmpty { event["threads"] = ["values": threads.map { Self.mapStack($0, change) }] }
        return event
    }

    func mapFrames(_ change: (Event) -> Event) -> Event? {
        mapStacks { $0.map(change) }
    }

    /// Changes the newest frame of each stack trace that grouping goes by.
    func mapLastTellingFrame(_ change: (Event) -> Event) -> Event? {
        let hasOwn = frames.contains(where: \.isOwn)
        var isChanged = false
        let event = mapStacks { frames in
            guard let index = frames.lastIndex(where: { $0.tells && (!hasOwn || $0.isOwn) }) else {
                return frames
            }
            isChanged = true
            var frames = frames
            frames[index] = change(frames[index])
            return frames
        }
        return isChanged ? event : nil
    }

    /// Swaps the first two neighbours that differ among the frames that grouping goes by.
    func swappingFrames() -> Event? {
        let hasOwn = frames.contains(where: \.isOwn)
        var isChanged = false
        let event = mapStacks { frames in
            let places = frames.indices.filter { frames[$0].tells && (!hasOwn || frames[$0].isOwn) }
            for (one, two) in zip(places, places.dropFirst())
            where frames[one]["function"] as? String != frames[two]["function"] as? String {
                var frames = frames
                frames.swapAt(one, two)
                isChanged = true
                return frames
            }
            return frames
        }
        return isChanged ? event : nil
    }

    /// Whether it has a function that is more than a mark for none.
    private var tells: Bool {
        guard let function = self["function"] as? String else { return false }
        return function.count > 1 && !function.hasPrefix("<") && !function.contains("lambda")
            && !function.contains("closure") && !function.hasSuffix("/<") && function != "eval"
            && !function.contains("block") && !function.hasPrefix("0x") && !function.contains("anonymous")
    }

    // MARK: Texts

    /// Changes the texts by which it may be grouped: values of exceptions and messages.
    func mapTexts(_ change: (String) -> String) -> Event? {
        var event = self
        if let changed = mapExceptions({ exception in
            (exception["value"] as? String).map { exception.setting("value", change($0)) } ?? exception
        }) {
            event = changed
        }
        for key in ["logentry", "message", "sentry.interfaces.Message"] {
            if let text = event[key] as? String { event[key] = change(text) }
            guard let entry = event[key] as? Event else { continue }
            event[key] = entry.mapValues { ($0 as? String).map(change) ?? $0 }
        }
        return event.json == json ? nil : event
    }
}
