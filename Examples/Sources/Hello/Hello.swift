// A tour of the SDK: each feature once, in the life of a small shop.
//
//     SENTRY_DSN=https://key@errors.example/1 swift run --package-path Examples Hello

import Flycatcher
import Foundation

/// What can go wrong with an order.
enum OrderError: Error {
    case outOfStock(item: String, left: Int)
    case notSaved(underlying: any Error)
}

@main
struct Hello {
    static func main() async {
        start()
        guard Flycatcher.isEnabled else {
            print("set SENTRY_DSN to the DSN of a project; without it nothing is sent")
            return
        }
        rememberWhoAndWhere()
        leaveBreadcrumbs()
        reportAnError()
        reportAnErrorWithItsCause()
        reportAMessage()
        reportAnEventOfOurOwn()
        reportInsideNestedScopes()
        await reportFromManyTasks()
        finish()
    }

    static func start() {
        // The DSN comes from SENTRY_DSN unless `$0.dsn` is set here.
        Flycatcher.start {
            $0.release = "hello@1.0.0"
            $0.environment = "tour"
            $0.initialScope = { $0.setTag("tour", to: "yes") }
            $0.ignoreErrors += ["connection reset"]
            $0.beforeSend = { event, _ in event.logger == "noise" ? nil : event }
        }
    }

    static func rememberWhoAndWhere() {
        Flycatcher.setTag("tenant", to: "acme")
        Flycatcher.setExtra("cart", to: ["items": 3, "total": 12.5, "codes": ["A1", "B2"]])
        Flycatcher.setContext("order", to: ["id": 17, "express": true])
        Flycatcher.setUser(Flycatcher.User(id: "u-9", username: "ada", email: "ada@example.org"))
    }

    static func leaveBreadcrumbs() {
        Flycatcher.addBreadcrumb("signed in", category: "auth")
        Flycatcher.addBreadcrumb(
            Flycatcher.Breadcrumb(
                "payment declined", category: "http", level: .warning, type: "http",
                data: ["url": "https://pay.example/charge", "method": "POST", "status_code": 402]))
    }

    static func reportAnError() {
        do {
            try order("lamp")
        } catch {
            show("error", Flycatcher.capture(error: error))
        }
    }

    static func reportAnErrorWithItsCause() {
        do {
            try save()
        } catch {
            show("error with its cause", Flycatcher.capture(error: error))
        }
    }

    static func reportAMessage() {
        show("message", Flycatcher.capture(message: "stock is running low", level: .warning))
        // All that are made of the same template are one issue.
        show(
            "message of a template",
            Flycatcher.capture(
                message: "no stock of %@, %d ordered", parameters: ["lamp", 3], level: .warning))
    }

    static func reportAnEventOfOurOwn() {
        var event = Flycatcher.Event(
            message: Flycatcher.Message(
                "import of 3 items failed", template: "import of %s items failed", parameters: ["3"]),
            level: .fatal)
        event.tags["source"] = "crm"
        event.logger = "shop.import"
        event.fingerprint = ["{{ default }}", "crm"]
        show("event of our own", Flycatcher.capture(event: event))
    }

    static func reportInsideNestedScopes() {
        Flycatcher.withScope { scope in
            scope.setTag("section", to: "checkout")
            Flycatcher.withScope { scope in
                scope.setTag("step", to: "payment")
                scope.setLevel(.fatal)
                scope.setTransaction("POST /orders/:id")
                show(
                    "inside two scopes",
                    Flycatcher.capture(error: OrderError.outOfStock(item: "lamp", left: 0)))
            }
            show("inside one scope", Flycatcher.capture(message: "one tag fewer"))
        }
    }

    static func reportFromManyTasks() async {
        await withTaskGroup(of: Void.self) { group in
            for worker in 1...3 {
                group.addTask { await work(as: worker) }
            }
        }
    }

    static func work(as worker: Int) async {
        // A request or job of its own: what is set inside concerns no other.
        await Flycatcher.withIsolationScope { _ in
            Flycatcher.setUser(Flycatcher.User(id: "worker-\(worker)"))
            Flycatcher.addBreadcrumb("worker \(worker) began")
            await Task.yield()
            show("as worker \(worker)", Flycatcher.capture(message: "a task has its own user"))
            let scopes = Flycatcher.carriedScopes
            await Task.detached {
                scopes.run { show("detached", Flycatcher.capture(message: "a detached task has it too")) }
            }.value
        }
    }

    static func finish() {
        let isAllSent = Flycatcher.close(timeout: .seconds(5))
        print(isAllSent ? "everything was sent or refused" : "the server took too long")
    }

    static func order(_ item: String) throws {
        throw OrderError.outOfStock(item: item, left: 0)
    }

    static func save() throws {
        do {
            _ = try Data(contentsOf: URL(fileURLWithPath: "/no/such/file"))
        } catch {
            throw OrderError.notSaved(underlying: error)
        }
    }

    static func show(_ what: String, _ id: Flycatcher.EventID) {
        print("\(id)  \(what)")
    }
}
