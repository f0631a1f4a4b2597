// An app with names of its own, which sees the SDK through one import.

import Flycatcher
import Testing

private struct Event { var name = "own" }
private struct User { var name = "own" }
private struct Breadcrumb { var crumbs = 1 }
private final class Scope {}
private final class Client {}
private struct Options {}
private enum Level { case top }
private enum JSONValue { case own }
private protocol Transport {}
private protocol Integration {}
private struct Attachment {}
private struct Hint {}
private struct Mechanism {}
private struct Scopes {}
private struct Span {}

extension SDKTests {
    @Test func `an app's own types of the same names stay its own`() throws {
        let own: (Event, User, Level, JSONValue) = (Event(), User(), .top, .own)

        let event = try event {
            Flycatcher.setUser(Flycatcher.User(id: own.1.name))
            Flycatcher.addBreadcrumb(Flycatcher.Breadcrumb("step", level: .warning))
            var event = Flycatcher.Event(message: "by name", level: .fatal)
            event.extra = ["own": .string(own.0.name)]
            let id: Flycatcher.EventID = Flycatcher.capture(event: event)
            #expect(id == event.id)
            #expect("\(id)".count == 32)
        }

        #expect(event["user"]["id"].text == "own")
        #expect(event["extra"]["own"].text == "own")
        #expect(event["level"].text == "fatal")
    }
}
