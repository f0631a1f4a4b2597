// Remembers what short texts mean that come again and again.

import Synchronization

/// A bounded memory of what texts were read as: a client sends the same header each time, its users the same agents.
///
/// When it is full it forgets everything, which costs one reading each; texts that are too long to be honest are not
/// remembered.
public final class Recollection<Meaning: Sendable>: Sendable {
    private let known = Mutex<[String: Meaning]>([:])

    /// How many texts are remembered.
    var count: Int { known.withLock { $0.count } }

    static var maximumCount: Int { 1000 }
    static var maximumLength: Int { 512 }

    /// A memory in which nothing is yet.
    public init() {}

    /// Says what the text means: from memory, else as `read` does.
    ///
    /// What throws is not remembered.
    public func meaning<Failure: Error>(
        of text: String, read: (String) throws(Failure) -> Meaning
    ) throws(Failure) -> Meaning {
        if let meaning = known.withLock({ $0[text] }) { return meaning }
        let meaning = try read(text)
        if text.utf8.count <= Self.maximumLength {
            known.withLock { known in
                if known.count >= Self.maximumCount { known.removeAll(keepingCapacity: true) }
                known[text] = meaning
            }
        }
        return meaning
    }
}
