// What a fingerprint rule of the project says of an event.

/// The fingerprint of the first rule that matches, and the title it gives the issue.
struct RuledFingerprint {
    let fingerprint: Fingerprint
    /// The rule as it is written.
    let rule: String
    /// Variables filled in; nil when the rule gives none.
    let title: String?
}
