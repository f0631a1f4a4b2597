// Measures the recorder's transactions, for whoever watches the server.

import Dispatch
import Model
import Synchronization

/// How many orders went into transactions, and how long these took; one lock a batch.
final class RecorderProgress: Sendable {
    private let state: Mutex<RecordingFigures>

    init(maximumByteCount: Int) {
        var figures = RecordingFigures()
        figures.maximumQueuedBytes = maximumByteCount
        state = Mutex(figures)
    }

    var figures: RecordingFigures { state.withLock { $0 } }

    func measure(_ orderCount: Int, _ work: () -> Void) {
        let begun = DispatchTime.now().uptimeNanoseconds
        work()
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e9
        state.withLock { figures in
            figures.commitSeconds.add(seconds)
            figures.commitOrders.add(Double(orderCount))
        }
    }
}
