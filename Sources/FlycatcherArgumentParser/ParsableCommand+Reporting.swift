// The main functions of command-line tools that report what escapes from their commands.

#if ArgumentParser
    public import ArgumentParser
    import Flycatcher

    extension ParsableCommand {
        /// Parses the arguments and runs the command; the error that escapes from it is reported before the tool exits.
        ///
        /// ```swift
        /// @main struct Import: ParsableCommand {
        ///     static func main() { mainReporting() }
        /// ```
        ///
        /// Messages and exit codes are those of `main()`. What is no fault of the tool is not reported: wrong arguments,
        /// help, `CleanExit`, `ExitCode`. Everything captured is sent first, for two seconds at most.
        ///
        /// - Parameter arguments: what to parse; the process's own arguments when left out.
        public static func mainReporting(_ arguments: [String]? = nil) {
            if let error = reportedOutcome(arguments) { exit(withError: error) }
        }

        /// Runs the command and sends what was captured; the error that escaped, if one did.
        private static func reportedOutcome(_ arguments: [String]?) -> (any Error)? {
            defer { Flycatcher.close() }
            do {
                var command = try parseAsRoot(arguments)
                try command.run()
                return nil
            } catch {
                report(error)
                return error
            }
        }

        fileprivate static func report(_ error: any Error) {
            let code = exitCode(for: error)
            if !(error is ExitCode), !(error is CleanExit), code != .success, code != .validationFailure {
                Flycatcher.capture(
                    error: error,
                    mechanism: Flycatcher.Mechanism(
                        type: "auto.main.argument_parser", isHandled: false,
                        data: ["command": .string(_commandName)]))
            }
        }
    }

    extension AsyncParsableCommand {
        /// Parses the arguments and runs the command; the error that escapes from it is reported before the tool exits.
        ///
        /// ```swift
        /// @main struct Import: AsyncParsableCommand {
        ///     static func main() async { await mainReporting() }
        /// ```
        ///
        /// See the form without `async`.
        public static func mainReporting(_ arguments: [String]? = nil) async {
            do {
                var command = try parseAsRoot(arguments)
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            } catch {
                report(error)
                Flycatcher.close()
                exit(withError: error)
            }
            Flycatcher.close()
        }
    }
#endif
