// Changing what a project says about how its events are taken in.

import Model
import TapeJSON

extension WebAPI {
    /// `PUT /projects/{org}/{project}/` with any of `dataScrubber`, `sensitiveFields`, `safeFields`, `scrubIPAddresses`
    /// `allowedDomains`, `retentionDays`, `retentionAttachmentDays`, `retentionBytes` and `spikeProtection`; null is what the
    /// installation says.
    func changeProject(_ call: APICall) async throws -> APIResponse {
        let project = try await requireProject(call)
        let wish = try SettingsWish(call.request.object())
        _ = try await store.changeSettings(of: project.id, wish.apply)
        if let spikes = wish.spikes {
            var allowance = try await store.allowances()[project.id] ?? ProjectAllowance()
            allowance.spikes = spikes
            try await store.setAllowance(allowance, of: project.id)
        }
        return try await self.project(call)
    }
}

/// What somebody wants a project to say; what is not named stays.
private struct SettingsWish: Sendable {
    private let isScrubbing: Bool?
    private let removesAddresses: Bool?
    private let words: [String]?
    private let names: [String]?
    private let origins: [String]?
    private let days: Wish
    private let attachmentDays: Wish
    private let bytes: Wish
    /// What is said about spikes; nil for nothing.
    let spikes: SpikeAllowance?

    private enum Wish {
        case none
        case usual
        case number(Int64)

        /// Nil to leave it as it is; nil within for what the installation says.
        var value: Int64?? {
            switch self {
            case .none: .none
            case .usual: .some(nil)
            case .number(let number): number
            }
        }
    }

    init(_ body: JSONDocument) throws(APIError) {
        isScrubbing = body["dataScrubber"].flatMap { body.bool($0) }
        removesAddresses = body["scrubIPAddresses"].flatMap { body.bool($0) }
        words = try Self.entries("sensitiveFields", body, SettingsLines.names)
        names = try Self.entries("safeFields", body, SettingsLines.names)
        origins = try Self.entries("allowedDomains", body, SettingsLines.origins)
        let range = RetentionLimits.dayRange
        let dayRange = Int64(range.lowerBound)...Int64(range.upperBound)
        days = try Self.number("retentionDays", body, in: dayRange)
        attachmentDays = try Self.number("retentionAttachmentDays", body, in: dayRange)
        bytes = try Self.number("retentionBytes", body, in: RetentionLimits.byteRange)
        spikes = try Self.spikes(body)
    }

    /// Whether spikes are held back: true, false, or how many events an hour are never one.
    private static func spikes(_ body: JSONDocument) throws(APIError) -> SpikeAllowance? {
        guard let node = body["spikeProtection"] else { return nil }
        if body.kind(node) == .null { return .standard }
        let text = body.bool(node).map { $0 ? "on" : "off" } ?? body.integer(node).map { "\($0)" }
        guard let spikes = text.flatMap({ SpikeAllowance(text: $0) }) else {
            throw .badRequest("spikeProtection must be null, true, false or a number of events an hour")
        }
        return spikes
    }

    var apply: @Sendable (inout ProjectSettings) -> Void {
        { settings in
            if let isScrubbing { settings.scrubbing.isOn = isScrubbing }
            if let removesAddresses { settings.scrubbing.removesAddresses = removesAddresses }
            if let words { settings.scrubbing.additionalWords = words }
            if let names { settings.scrubbing.safeNames = names }
            if let origins { settings.allowedOrigins = origins }
            if let days = days.value { settings.retention.days = days.map { Int($0) } }
            if let days = attachmentDays.value { settings.retention.attachmentDays = days.map { Int($0) } }
            if let bytes = bytes.value { settings.retention.bytes = bytes }
        }
    }

    private static func number(
        _ key: JSONKey, _ body: JSONDocument, in range: ClosedRange<Int64>
    ) throws(APIError) -> Wish {
        guard let node = body[key] else { return .none }
        if body.kind(node) == .null { return .usual }
        guard let number = body.integer(node), range.contains(number) else {
            throw .badRequest(
                "\(key) must be null or a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return .number(number)
    }

    private static func entries(
        _ key: JSONKey, _ body: JSONDocument, _ read: ([String]) -> SettingsLines
    ) throws(APIError) -> [String]? {
        guard let texts = try body.texts(key) else { return nil }
        let lines = read(texts)
        if let error = lines.errors.first { throw .badRequest("\(key), \(error)") }
        return lines.entries
    }
}

extension JSONDocument {
    /// A list of texts, or the lines of one; nil when there is no such member.
    func texts(_ key: JSONKey) throws(APIError) -> [String]? {
        guard let node = self[key] else { return nil }
        if let text = string(node) { return SettingsLines.lines(of: text) }
        guard kind(node) == .array else { throw .badRequest("\(key) must be a list of texts") }
        return children(of: node).compactMap { string($0) }
    }
}
