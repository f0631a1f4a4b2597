// Cuts the texts of an event to the length that the app has chosen.

extension Flycatcher.Event {
    /// Cuts every text that an app may have made long; names and paths have limits of their own.
    mutating func limitTexts(to limit: Int) {
        guard limit < WireLimits.textBytes else { return }
        message?.formatted.truncate(to: limit)
        message?.template?.truncate(to: limit)
        for index in exceptions.indices { exceptions[index].value?.truncate(to: limit) }
        for index in breadcrumbs.indices {
            breadcrumbs[index].message?.truncate(to: limit)
            breadcrumbs[index].data = breadcrumbs[index].data.mapValues { $0.truncated(to: limit) }
        }
        extra = extra.mapValues { $0.truncated(to: limit) }
        contexts = contexts.mapValues { $0.mapValues { $0.truncated(to: limit) } }
    }
}

extension String {
    fileprivate mutating func truncate(to limit: Int) {
        self = truncated(to: limit)
    }
}

extension Flycatcher.JSONValue {
    /// The value with shorter texts; what lies deeper than what travels is left as it is.
    fileprivate func truncated(to limit: Int, depth: Int = WireLimits.depth) -> Self {
        guard depth > 0 else { return self }
        return switch self {
        case .string(let text): .string(text.truncated(to: limit))
        case .array(let values): .array(values.map { $0.truncated(to: limit, depth: depth - 1) })
        case .object(let members): .object(members.mapValues { $0.truncated(to: limit, depth: depth - 1) })
        default: self
        }
    }
}
