// An event on its way through the pipeline.

import FlycatcherWire
import Model
import TapeJSON

/// The working form of an event: the document, which the steps edit where it stands, and what they found out.
struct EventDraft {
    var document: JSONDocument
    let arrival: Arrival
    var notes = Notes()
    /// The way down to the field that is being shaped.
    var place: [Place] = []

    var id: EventID
    var timestamp: Timestamp
    var level = Level.error
    var type = EventType.message
    var platform = "other"
    /// Whether the client says in which environment it runs.
    var hasEnvironment = true
    var facts = EventFacts(type: "<unlabeled event>")
    var tags: [Tag] = []
    var user: UserDigest?
    var hashes: [GroupingHash] = []
    var earlierHashes: [GroupingHash] = []
    /// The filter that has its issue archived from the beginning; mostly none.
    var archivedBy: FilterMatch?
    /// What a rule of the project says in place of the client's fingerprint.
    var ruledFingerprint: RuledFingerprint?
    /// What stack-trace rules say of the frames, by the exception or thread whose they are.
    var judgedStacks: [JSONNode: JudgedStack] = [:]

    /// The exceptions, oldest cause first.
    var exceptions: [JSONNode] = []

    init(_ payload: [UInt8], _ arrival: Arrival) throws(Drop) {
        do {
            document = try JSONDocument(parsing: payload, maximumDepth: Limit.payloadDepth)
        } catch {
            throw .invalidJSON(error)
        }
        guard document.kind(document.root) == .object else { throw .notAnObject }
        self.arrival = arrival
        id = arrival.eventID ?? EventID()
        timestamp = arrival.receivedAt
        for node in document.repairedNodes.prefix(Limit.notes) {
            notes.add(.repairedText, at: [document.key(node)])
        }
    }

    var root: JSONNode { document.root }

    /// Whether the event is one span of a trace rather than something that went wrong.
    var isTransaction: Bool { type == .transaction }

    /// The text of a member of the event, if it is text.
    func text(_ key: JSONKey) -> String? {
        text(key, of: root)
    }

    /// The text of a member, if it is text.
    func text(_ key: JSONKey, of object: JSONNode) -> String? {
        document.member(key, of: object).flatMap { document.string($0) }
    }

    /// The values of an interface in the shape that ``Shapes`` gives them, `{"values": […]}`.
    func values(_ key: JSONKey) -> [JSONNode] {
        guard let interface = document.member(key, of: root),
            let values = document.member("values", of: interface)
        else { return [] }
        return Array(document.children(of: values))
    }

    /// Writes the document out and packs it.
    func grouped(_ pack: ([UInt8]) -> [UInt8]) -> GroupedEvent {
        let json = document.serialized(root, blanks: .kept)
        return GroupedEvent(
            id: id, project: arrival.project, key: arrival.key, type: type, timestamp: timestamp,
            receivedAt: arrival.receivedAt, level: level, platform: platform, facts: facts, tags: tags,
            user: user,
            hashes: hashes, earlierHashes: earlierHashes, body: pack(json), bodySize: json.count,
            startsArchived: archivedBy != nil)
    }
}
