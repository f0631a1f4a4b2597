// A line of a log that is to be an event, as the doors to logging libraries hand it over.

extension Flycatcher {
    /// What a logging library knows about a line, in plain values.
    package struct LoggedLine: Sendable {
        let message: String
        let level: Level
        let logger: String
        /// The error that was logged with it.
        let error: (any Error)?
        let mechanism: Mechanism
        /// Where in the source it stands.
        let place: Frame

        package init(
            message: String, level: Level, logger: String, error: (any Error)?, mechanism: Mechanism,
            place: Frame
        ) {
            self.message = message
            self.level = level
            self.logger = logger
            self.error = error
            self.mechanism = mechanism
            self.place = place
        }
    }

    /// Reports a line of a log; `configure` tells what else is known about it.
    package static func capture(_ line: LoggedLine, configure: ((Scope) -> Void)?) {
        _ = ActiveClient.current?.capture(.line(line), configure)
    }

    /// The keys of log metadata that become tags of events.
    package static var contextTags: Set<String> {
        ActiveClient.current?.settings.options.contextTags ?? []
    }

    /// Whether the caller runs on behalf of the SDK, so that reporting what it does would never end.
    package static var isReporting: Bool {
        Hook.isRunning
    }
}

extension Flycatcher.StackTrace {
    private static let loggingModules: Set = ["Logging", "FlycatcherLogging", "Flycatcher"]

    /// The stack up to the place of a line, by what the call says about itself.
    func ending(at place: Flycatcher.Frame, _ rule: InAppRule) -> Flycatcher.StackTrace {
        var stack = self
        while let last = stack.frames.last?.module, Self.loggingModules.contains(last) {
            stack.frames.removeLast()
        }
        let name = place.function?.prefix { $0 != "(" } ?? ""
        if let last = stack.frames.last, last.module == place.module, last.function?.contains(name) == true {
            stack.frames[stack.frames.count - 1].line = place.line
        } else {
            var place = place
            place.isInApp = rule.isInApp(place)
            stack.frames.append(place)
        }
        return stack
    }
}
