// What the runtime of Swift does not have, in words.

import CFlycatcher
import Synchronization

/// Parts of the runtime that are meant for tools: where one is missing, what needs it is left out.
enum RuntimeParts {
    /// What becomes of reports without each of them.
    private static let consequences: [(part: flycatcher_part, text: String)] = [
        (flycatcher_part_throws, "a hook for throws: stacks show where errors were captured"),
        (flycatcher_part_typed_throws, "a hook for typed throws: their places are found by value"),
        (flycatcher_part_unowned_references, "unowned references: places of throws are approximate"),
        (flycatcher_part_error_values, "the values of errors: errors that were unpacked have no place"),
        (flycatcher_part_living_errors, "the age of errors: capture() finds none"),
        (flycatcher_part_awaiting_functions, "the place of tasks: stacks end at the running function"),
        (flycatcher_part_tasks, "the current task: errors belong to threads"),
        (flycatcher_part_fatal_text, "the text of fatal errors: crashes are reported without it"),
    ]

    private static let isNoted = Atomic(false)

    /// What is missing, and what follows from it, a line each.
    static var missing: [String] {
        let parts = flycatcher_parts()
        return consequences.filter { parts & $0.part.rawValue == 0 }.map { "this runtime lacks \($0.text)" }
    }

    /// Says so, once in a process.
    static func noteMissing(_ diagnostics: Diagnostics) {
        let missing = missing
        guard !missing.isEmpty, diagnostics.threshold != nil else { return }
        guard !isNoted.exchange(true, ordering: .relaxed) else { return }
        for text in missing { diagnostics.note(text) }
    }
}
