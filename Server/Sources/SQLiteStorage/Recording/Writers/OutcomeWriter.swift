// Adds to the counters of what became of what was sent.

import Model

/// What the recorder does with table `outcome`.
struct OutcomeWriter {
    let statements: HotStatements

    func add(_ quantity: Int64, to key: OutcomeKey) throws {
        guard quantity > 0 else { return }
        try statements.run(
            """
            INSERT INTO outcome (project, hour, key, category, outcome, reason, quantity) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity
            """,
            .integer(key.project.value), .integer(key.hour), .integer(key.key), .text(key.outcome.category),
            .text(key.outcome.kind.rawValue), .text(key.outcome.reason), .integer(quantity))
    }
}
