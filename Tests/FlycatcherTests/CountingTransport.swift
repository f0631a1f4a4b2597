// A transport that looks at each event and keeps no more than its identity.

import Flycatcher
import FlycatcherWire
import Synchronization

/// Remembers the identities of events whose message is their tag `number`, and how many there were of others.
final class CountingTransport: Flycatcher.Transport {
    private let state = Mutex((ids: Set<String>(), mixedUp: 0))

    var ids: Set<String> { state.withLock { $0.ids } }
    var mixedUp: Int { state.withLock { $0.mixedUp } }

    func send(_ envelope: Flycatcher.Envelope) throws -> Flycatcher.ServerAnswer {
        for item in envelope.items where item.header.type == "event" {
            let event = try JSON(item.bytes)
            let isWhole =
                event["logentry"]["formatted"].text == event["tags"]["number"].text
                && event["event_id"].text == envelope.header.eventID?.description
            state.withLock { state in
                if isWhole, let id = event["event_id"].text {
                    state.ids.insert(id)
                } else {
                    state.mixedUp += 1
                }
            }
        }
        return Flycatcher.ServerAnswer(status: 200)
    }

    func close() {}
}
