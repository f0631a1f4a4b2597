// The contexts that have fields of their own, and the shapes of these (protocol 8.8).

import TapeJSON

enum ContextShapes {
    private static let all: [(StaticString, ObjectShape)] = [
        ("device", device), ("os", system), ("client_os", system), ("runtime", system), ("browser", system),
        ("app", app), ("gpu", gpu), ("culture", culture), ("trace", trace), ("response", response),
        ("flags", flags), ("feedback", feedback), ("replay", replay), ("profile", profile),
    ]

    private static let keys = JSONKeyTable(all.map { JSONKey(stringLiteral: $0.0) })

    /// The shape of a context, by its `type` or else by the name under which it stands; nil when it is free.
    static func shape(of context: JSONNode, in document: borrowing JSONDocument) -> ObjectShape? {
        let named = document.index(ofKeyOf: context, in: keys)
        guard let type = document.member("type", of: context), document.kind(type) == .string else {
            return named.map { all[$0].1 }
        }
        // Mostly both say the same.
        if let named, document.isString(type, all[named].0) { return all[named].1 }
        return all.first { document.isString(type, $0.0) }?.1
    }

    private static func texts(_ keys: [JSONKey]) -> [ObjectShape.Field] {
        keys.map { .init($0, .text(Limit.name)) }
    }

    private static let device = ObjectShape(
        texts([
            "name", "family", "model", "model_id", "arch", "manufacturer", "brand", "device_type",
            "cpu_description", "timezone", "orientation",
        ]) + [.init("processor_count", .integer), .init("simulator", .flag)])

    static let system = ObjectShape(
        texts(["name", "version", "build", "kernel_version", "raw_description"])
            + [.init("distribution", .map), .init("rooted", .flag)])

    private static let app = ObjectShape(
        texts([
            "app_identifier", "app_name", "app_version", "app_build", "build_type", "device_app_hash",
            "app_arch",
        ]) + [.init("in_foreground", .flag)])

    private static let gpu = ObjectShape(
        texts(["name", "version", "vendor_name", "api_type", "id", "vendor_id"]))

    private static let culture = ObjectShape(
        texts(["calendar", "display_name", "locale", "timezone"]) + [.init("is_24_hour_format", .flag)])

    private static let trace = ObjectShape(
        texts(["trace_id", "span_id", "parent_span_id", "op", "status", "origin"])
            + [.init("data", .map), .init("sampled", .flag)])

    private static let response = ObjectShape([
        .init("status_code", .integer), .init("body_size", .integer), .init("headers", .any),
        .init("cookies", .any),
    ])

    private static let flag = ObjectShape([.init("flag", .text(Limit.tagKey)), .init("result", .any)])

    private static let flags = ObjectShape([.init("values", .list(.object(flag), Limit.flags))])

    private static let feedback = ObjectShape(
        [.init("message", .encodedText(Limit.feedback))]
            + texts(["name", "contact_email", "url", "source", "associated_event_id", "replay_id"]))

    private static let replay = ObjectShape(texts(["replay_id"]))
    private static let profile = ObjectShape(texts(["profile_id", "profiler_id"]))
}
