// Remembers what filters have found, until the store takes it once a second.

import FlycatcherWire
import Ingest
import Logging
import Model
import Synchronization

/// What each pattern of each project's filters has found since the store took it last: how many, and the last of them.
final class FilterLog: Sendable {
    private let store: any Store
    private let logger: Logger
    private let waiting = Mutex<[Place: Found]>([:])

    private struct Place: Hashable {
        let project: ProjectID
        let filter: FilterID
        let pattern: String
        let hour: Int64
    }

    private struct Found {
        var count: Int64 = 0
        var title = ""
        var at: Timestamp

        mutating func add(_ note: FilterNote) {
            count += note.count
            guard note.at >= at else { return }
            at = note.at
            if !note.title.isEmpty { title = note.title }
        }
    }

    /// How many patterns may wait; those beyond, in one second, are not noted, and outcomes count them all the same.
    private static let maximumCount = 20_000

    init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Notes an event that a filter has found.
    func note(_ hit: FilterHit, of project: ProjectID, at moment: Timestamp) {
        note(
            FilterNote(
                project: project, filter: hit.match.filter, pattern: hit.match.pattern, title: hit.title,
                at: moment))
    }

    /// Notes events that a filter has found.
    func note(_ note: FilterNote) {
        waiting.withLock { Self.add(note, to: &$0) }
    }

    /// Hands everything to the store; what it does not take is kept for the next time.
    func flush() async {
        let notes = waiting.withLock { found in
            defer { found = [:] }
            return found.map { place, found in
                FilterNote(
                    project: place.project, filter: place.filter, pattern: place.pattern, count: found.count,
                    title: found.title, at: found.at)
            }
        }
        guard !notes.isEmpty else { return }
        do {
            try await store.note(notes)
        } catch {
            logger.warning(
                "could not note what filters have found, keeping it for the next try", error: error)
            waiting.withLock { found in
                for note in notes { Self.add(note, to: &found) }
            }
        }
    }

    private static func add(_ note: FilterNote, to found: inout [Place: Found]) {
        let place = Place(
            project: note.project, filter: note.filter, pattern: note.pattern, hour: note.at.hour)
        guard found.count < maximumCount || found[place] != nil else { return }
        found[place, default: Found(at: note.at)].add(note)
    }
}
