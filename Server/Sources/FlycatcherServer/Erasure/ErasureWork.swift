// Fulfils orders to forget persons, one after the other, in a server or without one.

import FlycatcherWire
import Foundation
import Logging
import Model
import SQLiteStorage

/// What a server does in the background, and a command where no server runs.
struct ErasureWork: Sendable {
    let store: any Store
    let files: FileFolder
    let logger: Logger
    let now: @Sendable () -> Timestamp
    /// Whether nobody else is about to record files; if somebody is, they remove what is free.
    var removesFiles: @Sendable () -> Bool = { true }
    /// Waits after a piece of work that took so long.
    var rest: @Sendable (_ worked: Duration) async throws -> Void = { _ in }

    /// Goes on with all orders that are not fulfilled, and says how many it were.
    ///
    /// - Parameter progress: called now and then with how far an order is.
    func run(_ progress: @escaping @Sendable (ErasureOrder) -> Void = { _ in }) async throws -> Int {
        var count = 0
        while let order = try await store.nextErasure() {
            guard let trait = PersonalTrait(order.subject) else {
                throw StoreError.damaged("the subject of erasure \(order.id)")
            }
            let erasure = Erasure(
                store: store, files: files, trait: trait, project: order.project, rest: rest,
                progress: progress)
            let end = try await erasure.fulfil(order)
            if removesFiles() {
                try await FileSweep(store: store, files: files, logger: logger, now: now).removeFreed()
            }
            try await store.endErasure(order.id, as: end, at: now())
            try await tell(order.id, end)
            count += 1
        }
        return count
    }

    /// Who asked and how much it was; never whom it was about.
    private func tell(_ id: ErasureID, _ end: ErasureOrder.End) async throws {
        guard let order = try await store.erasure(id) else { return }
        let tally = order.tally
        logger.notice(
            "erased what is known of a person",
            metadata: [
                "erasure": "\(id)", "by": "\(order.orderedBy)", "end": "\(end.rawValue)",
                "events": "\(tally.events)", "records": "\(tally.records)",
                "attachments": "\(tally.attachments)", "traces": "\(tally.traces)",
            ])
    }
}

extension DatabaseFile {
    /// Writes the database anew, so that nothing lingers in gaps of its pages, unless senders would wait for long.
    ///
    /// - Returns: whether it did.
    func compactIfQuick(_ isServed: Bool) async throws -> Bool {
        try await withCheckedThrowingContinuation { waiter in
            DispatchQueue.global().async {
                waiter.resume(
                    with: Result {
                        guard try !isServed || report(.none).byteCount < Self.largestBesideServer else {
                            return false
                        }
                        try compact()
                        return true
                    })
            }
        }
    }

    /// Half a gigabyte is written anew in two or three seconds, for which senders can wait.
    private static let largestBesideServer: Int64 = 512 << 20
}

extension Composition {
    /// Fulfils what was ordered on the page, by the web API or by a command.
    var erasing: RepeatingJob {
        let work = ErasureWork(
            store: store, files: files, logger: logger, now: accounts.now, rest: Self.restAsLong)
        let file = DatabaseFile(folder: configuration.dataFolder)
        return RepeatingJob(description: "forget persons", interval: .seconds(1)) { [logger] in
            do {
                if try await work.run() > 0 { _ = try await file.compactIfQuick(true) }
            } catch is CancellationError {
                // The server ends; the store knows how far it is.
            } catch {
                logger.warning("could not go on with an erasure, trying again", error: error)
            }
        }
    }

    /// Half of the time is left to all else.
    private static func restAsLong(_ worked: Duration) async throws {
        try await Task.sleep(for: min(worked, .seconds(1)))
    }
}
