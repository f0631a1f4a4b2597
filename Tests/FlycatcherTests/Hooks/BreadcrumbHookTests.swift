// What the app's hook on breadcrumbs may do.

import Flycatcher
import Testing

extension SDKTests {
    @Suite struct BreadcrumbHooks {
        let sdk = SDKTests()

        @Test func `beforeBreadcrumb edits and drops breadcrumbs, which is no loss to be reported`() throws {
            let server = try CaptureServer()
            defer { server.stop() }
            try sdk.withSDK(server) {
                $0.beforeBreadcrumb = { crumb in
                    guard crumb.category != "noise" else { return nil }
                    var crumb = crumb
                    crumb.message = crumb.message?.uppercased()
                    return crumb
                }
            } _: {
                Flycatcher.addBreadcrumb("kept", category: "signal")
                Flycatcher.addBreadcrumb("dropped", category: "noise")
                Flycatcher.withScope { scope in
                    scope.addBreadcrumb(Flycatcher.Breadcrumb("of a block"))
                    Flycatcher.capture(message: "x")
                }
            }

            let event = try #require(try server.payloads(of: "event").first)
            #expect(event["breadcrumbs"]["values"].list.map { $0["message"].text } == ["KEPT", "OF A BLOCK"])
            #expect(try server.losses.isEmpty)
        }

        @Test func `a breadcrumb for which beforeBreadcrumb throws is dropped`() throws {
            let event = try sdk.event {
                $0.beforeBreadcrumb = { _ in throw Refused() }
            } _: {
                Flycatcher.addBreadcrumb("step")
                Flycatcher.capture(message: "x")
            }

            #expect(event["breadcrumbs"].isAbsent)
        }
    }
}

private struct Refused: Error {}
