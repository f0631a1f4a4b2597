// Remembers what filters have kept out last, until the store takes it once a second.

import FlycatcherWire
import Ingest
import Logging
import Model
import Synchronization

/// The last event of each filter of each project; what came before it is counted and forgotten.
final class FilterLog: Sendable {
    private let store: any Store
    private let logger: Logger
    private let waiting = Mutex<[Place: FilterNote]>([:])

    private struct Place: Hashable {
        let project: ProjectID
        let filter: FilterID
    }

    /// How many notes wait at most; there are eleven filters to a project.
    private static let maximumCount = 20_000

    init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Notes an event that was kept out.
    func note(_ hit: FilterHit, of project: ProjectID, at moment: Timestamp) {
        let place = Place(project: project, filter: hit.filter)
        let note = FilterNote(project: project, filter: hit.filter, title: hit.title, at: moment)
        waiting.withLock { notes in
            if notes.count < Self.maximumCount || notes[place] != nil { notes[place] = note }
        }
    }

    /// Hands everything to the store; what it does not take is lost, since the next event will do as well.
    func flush() async {
        let notes = waiting.withLock { notes in
            defer { notes = [:] }
            return Array(notes.values)
        }
        guard !notes.isEmpty else { return }
        do {
            try await store.note(notes)
        } catch {
            logger.warning("could not note what filters have kept out", error: error)
        }
    }
}
