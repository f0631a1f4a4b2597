// One of several things to pick from.

/// A tab, or an option of a menu.
struct Choice: View {
    let title: String
    /// What picking it sends, or where it leads.
    let value: String
    let isChosen: Bool
    var count: String?

    func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "value": value
        case "isChosen": isChosen
        case "count": optional(count)
        default: false
        }
    }
}
