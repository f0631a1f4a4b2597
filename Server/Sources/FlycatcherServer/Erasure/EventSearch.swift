// Looks for a person in what was sent as JSON.

import Model
import TapeJSON

/// Looks for a trait in an event's JSON, in every text as it is meant, whatever was escaped in it.
struct EventSearch {
    enum Match {
        /// The event is about the person.
        case user
        /// It only names them.
        case mention
    }

    private let search: TraitSearch
    private var trait: PersonalTrait { search.trait }

    init(_ trait: PersonalTrait) {
        search = TraitSearch(trait)
    }

    /// nil when the event has nothing to do with the person, or cannot be read by anybody.
    func match(_ json: [UInt8]) -> Match? {
        guard let document = try? JSONDocument(parsing: json) else { return nil }
        if let user = document["user"] {
            if case .userID(let id) = trait {
                let node = document.member("id", of: user)
                return node.flatMap { document.string($0) ?? document.numberText($0) } == id ? .user : nil
            }
            if holds(document, user) { return .user }
        }
        if case .userID = trait { return nil }
        return holds(document, document.root) ? .mention : nil
    }

    /// Whether a record has to do with the person.
    ///
    /// A packet of spans or logs goes as a whole: what it holds was sent together.
    func matches(_ record: SearchedRecord) -> Bool {
        if record.texts.contains(where: { search.finds($0) }) || match(record.json) != nil {
            return true
        }
        guard case .userID(let id) = trait else { return false }
        return hasAttribute("user.id", id, record.json)
    }

    /// Whether any item of a packet has this attribute (protocol section 11.5).
    private func hasAttribute(_ key: JSONKey, _ value: String, _ json: [UInt8]) -> Bool {
        // What cannot be read tells nobody of a person.
        guard let document = try? JSONDocument(parsing: json), let items = document["items"] else {
            return false
        }
        return document.children(of: items).contains { item in
            let attribute = document.member("attributes", of: item).flatMap { document.member(key, of: $0) }
            let node = attribute.flatMap { document.member("value", of: $0) }
            return node.flatMap { document.string($0) ?? document.numberText($0) } == value
        }
    }

    /// Goes through all values below one, in their order, without recursion.
    private func holds(_ document: JSONDocument, _ node: JSONNode) -> Bool {
        var waiting = [node]
        while let node = waiting.popLast() {
            if let text = document.string(node), search.finds(text) { return true }
            for child in document.children(of: node) {
                if document.kind(node) == .object, search.finds(document.key(child)) { return true }
                waiting.append(child)
            }
        }
        return false
    }
}
