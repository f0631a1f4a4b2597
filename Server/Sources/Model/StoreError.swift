// Why the store could not do what it was asked.

/// A failure of the store, named by what happened.
public enum StoreError: Error, Hashable, Sendable {
    /// So many bytes wait to be written that no more are taken; trying again later helps.
    case overloaded
    /// The database or its disk refuses; the text says why, for the log.
    case unavailable(String)
    /// What was stored cannot be read, now or later; the text says what, for the log.
    case damaged(String)
    /// The store has been closed.
    case closed
    /// Something with this name is there already.
    case conflict(String)
    /// What was named is not there.
    case missing(String)
    /// Somebody decided that events of this kind are not to be kept.
    case discarded
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .overloaded: "the write queue is full, try again later"
        case .unavailable(let reason): "the database is unavailable: \(reason)"
        case .damaged(let what): "what was stored is damaged: \(what)"
        case .closed: "the store is closed"
        case .conflict(let what): "\(what) exists already"
        case .missing(let what): "\(what) does not exist"
        case .discarded: "events of this kind are discarded"
        }
    }
}
