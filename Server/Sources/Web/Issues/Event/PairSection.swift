// A titled part of an event that is no more than names and values.

/// Names and values under a heading.
struct PairSection: View {
    /// The anchor by which links lead here.
    let id: String
    let title: String
    let list: PairList
    /// A word beside the title.
    var note = ""
    /// Whether it is closed until someone opens it.
    var isFolded = false

    /// Nil when there is nothing to show.
    init?(id: String, title: String, _ list: PairList, note: String = "", isFolded: Bool = false) {
        guard !list.isEmpty else { return nil }
        self.id = id
        self.title = title
        self.list = list
        self.note = note
        self.isFolded = isFolded
    }

    func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "heading": title
        case "note": optional(note)
        case "list": list
        case "isFolded": isFolded
        case "size": Count(list.pairs.count + list.omitted).exact
        default: false
        }
    }
}
