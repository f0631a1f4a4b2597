// One error that is reported in two places, and another that is reported in one of them.

import Flycatcher

enum CallSites {
    static func report() {
        let failures = (1...2).map { _ in Result { try Trap.letEscape() } }
        checkOut(failures[0])
        restock(failures[1])
        checkOut(Result { try close() })
        Flycatcher.flush(timeout: .seconds(10))
    }

    @inline(never) private static func checkOut(_ result: Result<Void, any Error>) {
        if case .failure(let error) = result { Flycatcher.capture(error: error) }
    }

    @inline(never) private static func restock(_ result: Result<Void, any Error>) {
        if case .failure(let error) = result { Flycatcher.capture(error: error) }
    }

    @inline(never) private static func close() throws {
        throw StockError(article: "chair", left: 0)
    }
}
