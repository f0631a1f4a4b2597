// Why an event is grouped as it is, for its page.

import Model

/// The parts of an event that count, and those that do not, in words.
struct WhyPart: View {
    let explanation: GroupingExplanation

    func child(named name: String) -> Any? {
        switch name {
        case "version": explanation.version
        case "summary": explanation.summary
        case "variants": explanation.variants.map { WhyVariant(variant: $0) }
        default: false
        }
    }
}

private struct WhyVariant: View {
    /// So many parts are shown of one way to read an event.
    private static let maximumCount = 60

    let variant: GroupingExplanation.Variant

    func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "hash": optional(variant.hash?.description)
        case "reason": optional(variant.reason)
        case "parts": shown.suffix(Self.maximumCount).map { WhyRow(part: $0) }
        case "omitted": shown.count > Self.maximumCount ? String(shown.count - Self.maximumCount) : false
        default: false
        }
    }

    /// Marks of where a list begins say nothing to people when they have no text.
    private var shown: [GroupingExplanation.Part] {
        variant.parts.filter { !$0.text.isEmpty }
    }

    private var title: String {
        switch variant.name {
        case "app": "By the app's own frames"
        case "system": "By all frames"
        default: "By \(variant.name)"
        }
    }
}

private struct WhyRow: View {
    let part: GroupingExplanation.Part

    func child(named name: String) -> Any? {
        switch name {
        case "kind": part.kind
        case "text": BoundedText(part.text, limit: EventDocument.maximumTextLength).shown
        case "reason": optional(part.reason)
        case "counts": part.isContributing
        default: false
        }
    }
}
