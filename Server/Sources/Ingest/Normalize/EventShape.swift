// The fields of an event and their shapes (protocol sections 7 and 8), as one table.

import TapeJSON

/// The shapes of an event and its interfaces.
enum EventShape {
    static let frame = ObjectShape([
        .init("filename", .text(Limit.name)),
        .init("function", .text(Limit.function)),
        .init("module", .text(Limit.name)),
        .init("lineno", .position),
        .init("in_app", .flag),
        .init("abs_path", .text(Limit.path)),
        .init("context_line", .text(Limit.contextLine)),
        .init("pre_context", .lines(kept: .last)),
        .init("post_context", .lines(kept: .first)),
        .init("vars", .map),
        .init("colno", .position),
        .init("package", .text(Limit.path)),
        .init("raw_function", .text(Limit.function)),
        .init("symbol", .text(Limit.function)),
        .init("platform", .text(Limit.shortText)),
        .init("instruction_addr", .address),
        .init("symbol_addr", .address),
        .init("image_addr", .address),
        .init("addr_mode", .text(Limit.name)),
        .init("stack_start", .flag),
        .init("source_link", .text(Limit.path)),
        .init("data", .map),
    ])

    static let stacktrace = ObjectShape([
        .init("frames", .list(.object(frame), Limit.frames)),
        .init("registers", .table(.address)),
        .init("snapshot", .flag),
        .init("lang", .text(Limit.shortText)),
        .init("instruction_addr_adjustment", .text(Limit.shortText)),
    ])

    static let mechanism = ObjectShape(
        textField: "type",
        [
            .init("type", .text(128)),
            .init("handled", .flag),
            .init("synthetic", .flag),
            .init("description", .text(Limit.message)),
            .init("help_link", .text(Limit.path)),
            .init("data", .map),
            .init("exception_id", .integer),
            .init("parent_id", .integer),
            .init("is_exception_group", .flag),
            .init("source", .text(Limit.name)),
            .init("meta", .map),
        ])

    static let exception = ObjectShape([
        .init("type", .text(Limit.exceptionType)),
        .init("value", .encodedText(Limit.exceptionValue)),
        .init("module", .text(Limit.name)),
        .init("thread_id", .text(Limit.shortText)),
        .init("mechanism", .object(mechanism)),
        .init("stacktrace", .object(stacktrace)),
        .init("raw_stacktrace", .object(stacktrace)),
    ])

    static let thread = ObjectShape([
        .init("id", .text(Limit.shortText)),
        .init("name", .text(Limit.name)),
        .init("crashed", .flag),
        .init("current", .flag),
        .init("main", .flag),
        .init("state", .text(Limit.shortText)),
        .init("stacktrace", .object(stacktrace)),
        .init("raw_stacktrace", .object(stacktrace)),
    ])

    static let breadcrumb = ObjectShape([
        .init("timestamp", .moment),
        .init("type", .text(Limit.shortText)),
        .init("category", .text(Limit.name)),
        .init("message", .encodedText(Limit.message)),
        .init("level", .level),
        .init("data", .map),
        .init("event_id", .text(36)),
        .init("origin", .text(Limit.name)),
    ])

    static let user = ObjectShape([
        .init("id", .text(128)),
        .init("username", .text(128)),
        .init("email", .text(Limit.email)),
        .init("name", .text(128)),
        .init("ip_address", .text(Limit.shortText)),
        .init("geo", .map),
        .init("data", .map),
    ])

    static let request = ObjectShape([
        .init("method", .text(32)),
        .init("url", .text(Limit.url)),
        .init("query_string", .any),
        .init("data", .any),
        .init("cookies", .any),
        .init("headers", .any),
        .init("env", .map),
        .init("fragment", .text(1024)),
        .init("protocol", .text(32)),
        .init("body_size", .integer),
        .init("api_target", .text(Limit.shortText)),
        .init("inferred_content_type", .text(128)),
    ])

    static let sdk = ObjectShape([
        .init("name", .text(128)),
        .init("version", .text(128)),
        .init("integrations", .list(.text(128), Limit.pairs)),
        .init("features", .list(.text(128), Limit.pairs)),
        .init("packages", .list(.map, Limit.pairs)),
        .init("settings", .map),
    ])

    static let logentry = ObjectShape(
        textField: "formatted",
        [
            .init("formatted", .encodedText(Limit.message)),
            .init("message", .encodedText(Limit.message)),
            .init("params", .any),
        ])

    static let image = ObjectShape([
        .init("type", .text(Limit.shortText)),
        .init("image_addr", .address),
        .init("image_size", .integer),
        .init("image_vmaddr", .address),
        .init("debug_id", .text(Limit.name)),
        .init("code_id", .text(Limit.name)),
        .init("code_file", .text(Limit.path)),
        .init("debug_file", .text(Limit.path)),
        .init("debug_checksum", .text(Limit.name)),
        .init("arch", .text(Limit.shortText)),
        .init("uuid", .text(Limit.name)),
        .init("name", .text(Limit.path)),
    ])

    static let debugMeta = ObjectShape([
        .init("images", .list(.object(image), Limit.images)),
        .init("sdk_info", .map),
    ])

    /// A remark that the client made itself.
    static let sdkError = ObjectShape([
        .init("type", .text(Limit.name)),
        .init("name", .text(Limit.name)),
        .init("reason", .text(Limit.name)),
    ])

    static let template = ObjectShape([
        .init("filename", .text(Limit.name)),
        .init("abs_path", .text(Limit.path)),
        .init("lineno", .position),
        .init("context_line", .text(Limit.contextLine)),
        .init("pre_context", .lines(kept: .last)),
        .init("post_context", .lines(kept: .first)),
    ])

    static let event = ObjectShape([
        .init("exception", .values(exception, Limit.exceptions)),
        .init("breadcrumbs", .values(breadcrumb, Limit.breadcrumbs)),
        .init("contexts", .map),
        .init("extra", .map),
        .init("tags", .any),
        .init("user", .object(user)),
        .init("request", .object(request)),
        .init("logentry", .object(logentry)),
        .init("threads", .values(thread, Limit.threads)),
        .init("stacktrace", .object(stacktrace)),
        .init("template", .object(template)),
        .init("level", .any),
        .init("timestamp", .any),
        .init("start_timestamp", .any),
        .init("event_id", .any),
        .init("received", .any),
        .init("platform", .text(Limit.shortText)),
        .init("type", .text(Limit.shortText)),
        .init("logger", .text(Limit.shortText)),
        .init("transaction", .text(Limit.transaction)),
        .init("transaction_info", .map),
        .init("culprit", .text(Limit.transaction)),
        .init("server_name", .text(Limit.name)),
        .init("release", .text(Limit.release + 1)),
        .init("dist", .text(Limit.shortText + 1)),
        .init("environment", .text(Limit.environment + 1)),
        .init("site", .text(Limit.name)),
        .init("checksum", .text(128)),
        .init("modules", .table(.text(Limit.name))),
        .init("fingerprint", .any),
        .init("sdk", .object(sdk)),
        .init("debug_meta", .object(debugMeta)),
        .init("errors", .list(.object(sdkError), Limit.sdkErrors)),
        .init("_meta", .map),
        .init("csp", .map),
        .init("spans", .list(.map, 1000)),
        .init("measurements", .map),
    ])
}
