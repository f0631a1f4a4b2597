// How the API shows an erasure.

import Model

/// What was ordered and what became of it; never whom it is about.
struct ErasureShape {
    let order: ErasureOrder
    let projects: [Project]

    var json: JSONValue {
        [
            "id": .string("\(order.id)"),
            "kind": .string(order.subject.kind.rawValue),
            "project": projects.first { $0.id == order.project }.map { .string($0.slug) } ?? .null,
            "orderedBy": .string(order.orderedBy),
            "dateOrdered": JSONValue(order.orderedAt),
            "status": .string(order.end?.rawValue ?? "running"),
            "round": .integer(Int64(order.place.round)),
            "step": .string(order.place.step.rawValue),
            "percent": .integer(Int64(order.place.percent)),
            "removed": [
                "events": .integer(Int64(order.tally.events)),
                "records": .integer(Int64(order.tally.records)),
                "attachments": .integer(Int64(order.tally.attachments)),
                "traces": .integer(Int64(order.tally.traces)),
            ],
            "dateEnded": JSONValue(order.endedAt),
        ]
    }
}
