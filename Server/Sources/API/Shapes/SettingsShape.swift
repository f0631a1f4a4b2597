// How the API shows what a project says about how its events are taken in.

import Model

/// The settings of a project as members of the project.
struct SettingsShape {
    let settings: ProjectSettings
    let allowance: ProjectAllowance

    var json: JSONValue {
        [
            "dataScrubber": .bool(settings.scrubbing.isOn),
            "dataScrubberDefaults": .bool(settings.scrubbing.isOn),
            "sensitiveFields": Self.list(settings.scrubbing.additionalWords),
            "safeFields": Self.list(settings.scrubbing.safeNames),
            "scrubIPAddresses": .bool(settings.scrubbing.removesAddresses),
            "allowedDomains": Self.list(settings.allowedOrigins),
            "retentionDays": settings.retention.days.map { .integer(Int64($0)) } ?? .null,
            "retentionAttachmentDays": settings.retention.attachmentDays.map { .integer(Int64($0)) } ?? .null,
            "retentionBytes": settings.retention.bytes.map { .integer($0) } ?? .null,
            "spikeProtection": spikes,
        ]
    }

    private var spikes: JSONValue {
        switch allowance.spikes {
        case .standard: .null
        case .unlimited: false
        case .limited(let minimum): .integer(minimum)
        }
    }

    private static func list(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
