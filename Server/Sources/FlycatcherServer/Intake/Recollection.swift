// Remembers what short texts mean that come with every request of a client.

import Synchronization

/// A bounded memory of what texts were read as: a client sends the same header and the same DSN each time.
///
/// When it is full it forgets everything, which costs one reading each; texts that are too long to be honest are not
/// remembered.
final class Recollection<Meaning: Sendable>: Sendable {
    private let known = Mutex<[String: Meaning]>([:])

    /// How many texts are remembered.
    var count: Int { known.withLock { $0.count } }

    static var maximumCount: Int { 1000 }
    static var maximumLength: Int { 512 }

    /// Says what the text means: from memory, else as `read` does.
    ///
    /// What throws is not remembered.
    func meaning<Failure: Error>(
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
