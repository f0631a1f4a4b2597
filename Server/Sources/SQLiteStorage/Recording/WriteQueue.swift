// Where orders wait for the one writer, bounded in bytes.

import Dispatch
import Model
import Synchronization

/// Orders in the order they came.
///
/// Any task adds, one thread takes.
final class WriteQueue: Sendable {
    private struct State {
        var waiting: [WriteOrder] = []
        /// Of what waits and of what is being written.
        var byteCount = 0
        var isClosed = false
    }

    private let maximumByteCount: Int
    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)

    init(maximumByteCount: Int) {
        self.maximumByteCount = maximumByteCount
    }

    /// What waits and what is being written, in bytes.
    var byteCount: Int {
        state.withLock { $0.byteCount }
    }

    /// Puts an order at the end, or says at once why not.
    func add(_ order: WriteOrder) throws(StoreError) {
        let size = order.byteCount
        let isFirst = try state.withLock { state throws(StoreError) in
            guard !state.isClosed else { throw .closed }
            guard state.byteCount + size <= maximumByteCount else { throw .overloaded }
            state.byteCount += size
            state.waiting.append(order)
            return state.waiting.count == 1
        }
        if isFirst { arrivals.signal() }
    }

    /// Blocks until something waits and takes it, up to a limit; nil when the queue is closed and empty.
    func take(limit: Int) -> [WriteOrder]? {
        while true {
            arrivals.wait()
            let (batch, isOver) = state.withLock { state in
                let batch = Self.removeFirst(limit, from: &state.waiting)
                if !state.waiting.isEmpty || state.isClosed { arrivals.signal() }
                return (batch, state.isClosed)
            }
            if !batch.isEmpty { return batch }
            if isOver { return nil }
        }
    }

    /// Makes room again for what has been written.
    func release(_ batch: [WriteOrder]) {
        let size = batch.reduce(0) { $0 + $1.byteCount }
        state.withLock { $0.byteCount -= size }
    }

    /// Takes nothing more in; what waits is still handed out.
    func close() {
        state.withLock { $0.isClosed = true }
        arrivals.signal()
    }

    private static func removeFirst(_ count: Int, from waiting: inout [WriteOrder]) -> [WriteOrder] {
        var batch: [WriteOrder] = []
        if waiting.count <= count {
            swap(&batch, &waiting)
        } else {
            batch = Array(waiting.prefix(count))
            waiting.removeFirst(count)
        }
        return batch
    }
}
