// One line of a log, and what it is reported as.

#if Logging
    import Flycatcher
    import Logging

    /// A logged line with all its metadata.
    struct LogLine {
        /// The origin by which log records are told from those that the app makes itself.
        private static let origin = "auto.log.swift_log"

        private let event: LogEvent
        private let label: String
        private let metadata: Logger.Metadata

        init(_ event: LogEvent, label: String, metadata: Logger.Metadata) {
            self.event = event
            self.label = label
            self.metadata = metadata
        }

        /// Reports it as an event.
        func capture() {
            let contextTags = Flycatcher.contextTags
            var values = metadata
            var error = event.error
            if error == nil, let (key, found) = loggedError {
                error = found
                values[key] = nil
            }
            let line = Flycatcher.LoggedLine(
                message: "\(event.message)", level: event.level.forEvents, logger: label, error: error,
                mechanism: Flycatcher.Mechanism(type: Self.origin, isHandled: true), place: place)
            Flycatcher.capture(line) { scope in
                for (key, value) in values {
                    if contextTags.contains(key) {
                        scope.setTag(key, to: "\(value)")
                    } else {
                        scope.setExtra(key, to: Flycatcher.JSONValue(value))
                    }
                }
            }
        }

        func leaveBreadcrumb() {
            Flycatcher.addBreadcrumb(
                Flycatcher.Breadcrumb(
                    "\(event.message)", category: label, level: event.level.forEvents, type: "log",
                    data: allValues))
        }

        func record() {
            var record = Flycatcher.LogRecord(
                Flycatcher.Message("\(event.message)"), level: event.level.forRecords,
                attributes: attributes)
            if event.level == .notice { record.severityNumber += 1 }
            Flycatcher.log(record)
        }

        /// The error that a value of the metadata is, by the first name in order.
        private var loggedError: (String, any Error)? {
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
                if case .stringConvertible(let value) = value, let error = value as? any Error {
                    return (key, error)
                }
            }
            return nil
        }

        private var place: Flycatcher.Frame {
            Flycatcher.Frame(
                function: event.function, module: event.source, filename: event.file, line: Int(event.line))
        }

        /// The metadata, and the error in words.
        private var allValues: [String: Flycatcher.JSONValue] {
            var values = metadata.mapValues { Flycatcher.JSONValue($0) }
            if let error = event.error { values["error"] = .string("\(error)") }
            return values
        }

        private var attributes: [String: Flycatcher.JSONValue] {
            var attributes: [String: Flycatcher.JSONValue] = [
                "sentry.origin": .string(Self.origin), "logger.name": .string(label),
                "code.function.name": .string(event.function), "code.file.path": .string(event.file),
                "code.line.number": .integer(Int(event.line)),
            ]
            for (key, value) in allValues { attributes.flatten(value, under: key) }
            return attributes
        }
    }

    extension [String: Flycatcher.JSONValue] {
        /// Adds a value; of an object each member by a name with a dot.
        fileprivate mutating func flatten(_ value: Flycatcher.JSONValue, under key: String) {
            guard case .object(let members) = value else {
                self[key] = value
                return
            }
            for (name, member) in members { flatten(member, under: "\(key).\(name)") }
        }
    }
#endif
