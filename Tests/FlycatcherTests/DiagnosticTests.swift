// What the SDK says about itself, and where.

import Flycatcher
import Foundation
import Testing

extension SDKTests {
    @Suite struct Talking {
        private struct Refused: Error {}

        /// What is written to the standard output and error output meanwhile.
        private func written(
            _ configure: (inout Flycatcher.Options) -> Void, _ body: () throws -> Void
        ) throws -> (output: String, errors: String) {
            try withTemporaryFolder { folder in
                let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
                try redirecting(STDOUT_FILENO, to: output) {
                    try redirecting(STDERR_FILENO, to: errors) {
                        Flycatcher.start {
                            $0.transport = Flycatcher.RecordingTransport(
                                answer: Flycatcher.ServerAnswer(status: 500))
                            $0.beforeSend = { event, _ in
                                if event.exceptions.isEmpty { throw Refused() }
                                return event
                            }
                            configure(&$0)
                        }
                        try body()
                        Flycatcher.close(timeout: .seconds(10))
                    }
                }
                return (
                    try String(contentsOf: output, encoding: .utf8),
                    try String(contentsOf: errors, encoding: .utf8)
                )
            }
        }

        @Test func `without debug what goes wrong inside is not written anywhere`() throws {
            let written = try written {
                $0.debug = false
            } _: {
                Flycatcher.capture(message: "dropped")
                Flycatcher.capture(error: Refused())
            }

            #expect(!written.output.contains("flycatcher"))
            #expect(!written.errors.contains("flycatcher"))
        }

        @Test func `with debug it is written to the standard error output`() throws {
            let written = try written {
                $0.debug = true
            } _: {
                Flycatcher.capture(message: "dropped")
                Flycatcher.capture(error: Refused())
            }

            #expect(!written.output.contains("flycatcher"))
            #expect(written.errors.contains("flycatcher: beforeSend threw"))
            #expect(written.errors.contains("flycatcher: the server answered 500"))
        }

        @Test func `what is milder than the diagnostic level is not written`() throws {
            let written = try written {
                $0.debug = true
                $0.diagnosticLevel = .fatal
            } _: {
                Flycatcher.capture(message: "dropped")
            }

            #expect(!written.errors.contains("flycatcher"))
        }

        @Test(arguments: ["nonsense", "http://127.0.0.1/1"])
        func `a malformed DSN is complained about, debug or not`(dsn: String) throws {
            let written = try written {
                $0.dsn = dsn
            } _: {
            }

            #expect(written.errors.contains("flycatcher: the DSN is malformed"))
        }

        @Test func `a sampling rate out of bounds is complained about`() throws {
            let written = try written {
                $0.sampleRate = -1
                $0.tracesSampleRate = .nan
            } _: {
            }

            #expect(written.errors.contains("flycatcher: sampleRate must be from 0 to 1, so -1.0 is 0.0"))
            #expect(written.errors.contains("flycatcher: tracesSampleRate is not a number"))
        }

        @Test func `an integration that cannot be set up is complained about`() throws {
            let written = try written {
                $0.integrations = [Failing()]
            } _: {
            }

            #expect(written.errors.contains("flycatcher: failing could not be set up: Refused()"))
        }

        private struct Failing: Flycatcher.Integration {
            let name = "failing"

            func install(_ options: Flycatcher.Options) throws { throw Refused() }
        }
    }
}

/// Runs `body` with one of the process's outputs going to a file.
private func redirecting(_ descriptor: Int32, to file: URL, _ body: () throws -> Void) throws {
    fflush(nil)
    let original = dup(descriptor)
    let replacement = open(file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    dup2(replacement, descriptor)
    close(replacement)
    defer {
        fflush(nil)
        dup2(original, descriptor)
        close(original)
    }
    try body()
}
