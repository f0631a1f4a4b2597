// Proves what of a command-line tool's errors is reported.

#if ArgumentParser
    import ArgumentParser
    import Flycatcher
    import FlycatcherArgumentParser
    import Testing

    extension SDKTests.Doors {
        @Suite struct Commands {
            struct Tool: ParsableCommand {
                struct Broken: Error {}

                @Argument var way: String

                mutating func run() throws {
                    switch way {
                    case "break": throw Broken()
                    case "exit": throw ExitCode(3)
                    case "clean": throw CleanExit.message("bye")
                    case "refuse": throw ValidationError("no")
                    default: break
                    }
                }
            }

            private func reported(_ way: String) throws -> [JSON] {
                let server = try CaptureServer()
                defer { server.stop() }
                Flycatcher.start {
                    $0.dsn = server.dsn()
                    $0.attachStacktrace = false
                }
                _ = Tool.reportedOutcome([way])
                Flycatcher.close(timeout: .seconds(10))
                return try server.events
            }

            @Test func `what escapes from a command is reported as unhandled`() throws {
                let events = try reported("break")

                let exception = try #require(events.first)["exception"]["values"][0]
                #expect(exception["type"].text?.hasSuffix("Broken") == true)
                #expect(exception["mechanism"]["type"].text == "auto.main.argument_parser")
                #expect(exception["mechanism"]["handled"].bool == false)
            }

            @Test(arguments: ["exit", "clean", "refuse", "work"])
            func `what is no fault of the tool is not reported`(way: String) throws {
                #expect(try reported(way).isEmpty)
            }
        }
    }
#endif
