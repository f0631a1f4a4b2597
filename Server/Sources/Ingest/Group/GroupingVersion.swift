// The versions of the rules by which events are grouped, and the step that applies those of a project.

import Model

/// A version of the rules.
///
/// A project stays with its version until someone moves it to a newer one. For a while events are then grouped by both:
/// one that only the earlier version knows joins its old issue and brings its new hashes along.
public struct GroupingVersion: Sendable {
    /// Such as `v1`; stands in the settings of projects.
    public let name: String
    let hashes: @Sendable (EventDraft) -> [GroupingHash]
    let explanation: @Sendable (EventDraft) -> GroupingExplanation

    static let v1 = GroupingVersion(
        name: "v1", hashes: GroupingV1.hashes(of:), explanation: GroupingV1.explanation(of:))

    /// Every version that this server knows, oldest first.
    public static let all = [v1]

    /// The step of the pipeline that groups an event by the version, or versions, of its project.
    static func apply(_ draft: inout EventDraft) {
        let rules = draft.arrival.rules
        draft.hashes = rules.version.hashes(draft)
        guard let earlier = rules.earlierVersion, let transition = rules.settings.transition,
            draft.arrival.receivedAt < transition.until
        else { return }
        draft.earlierHashes = earlier.hashes(draft).filter { !draft.hashes.contains($0) }
    }
}
