// The stack traces that events carry, as a server receives them.

import Flycatcher
import Foundation
import Testing

extension SDKTests {
    @Suite struct Stacks {
        let sdk = SDKTests()

        private func trace(
            _ configure: (inout Flycatcher.Options) -> Void = { _ in }, _ body: () throws -> Void
        ) throws -> JSON {
            try sdk.event(configure, body)["exception"]["values"][0]["stacktrace"]
        }

        // S1
        @Test func `calls stand in the order of their making, that of the capture last`() throws {
            let functions = try trace { outermost() }["frames"].list.map { $0["function"].text ?? "" }

            let own = functions.filter { ["outermost()", "middle()", "innermost()"].contains($0) }
            #expect(own == ["outermost()", "middle()", "innermost()"])
            #expect(functions.last == "innermost()")
        }

        // S2
        @Test func `every frame can be found by something, and lines begin at one`() throws {
            let frames = try trace { outermost() }["frames"].list

            #expect(frames.count > 3)
            for frame in frames {
                #expect(frame["function"].text != nil || frame["instruction_addr"].text != nil)
                #expect(frame["lineno"].number ?? 1 >= 1)
                #expect(frame["colno"].number ?? 1 >= 1)
            }
            #expect(frames.last?["filename"].text == "Tests/FlycatcherTests/Stacks/StackTests.swift")
        }

        // S3
        @Test func `the app's own frames are told from those of libraries`() throws {
            let frames = try trace { [1].forEach { _ in outermost() } }["frames"].list

            let ownTruths = frames.filter { $0["module"].text == "FlycatcherTests" }.map { $0["in_app"].bool }
            let swiftTruths = frames.filter { $0["module"].text == "Swift" }.map { $0["in_app"].bool }
            #expect(Set(ownTruths) == [true])
            #expect(Set(swiftTruths) == [false])
        }

        // S3
        @Test func `the options decide against the rule whose frames are the app's own`() throws {
            let frames = try trace {
                $0.inAppInclude = ["Swift"]
                $0.inAppExclude = ["FlycatcherTests"]
            } _: {
                [1].forEach { _ in outermost() }
            }["frames"].list

            #expect(frames.filter { $0["module"].text == "Swift" }.contains { $0["in_app"].bool == true })
            #expect(!frames.contains { $0["module"].text == "FlycatcherTests" && $0["in_app"].bool == true })
        }

        // S4
        @Test func `the SDK's own frames are left out`() throws {
            let frames = try trace { outermost() }["frames"].list

            #expect(frames.last?["module"].text == "FlycatcherTests")
            #expect(!frames.suffix(3).contains { $0["module"].text == "Flycatcher" })
        }

        // S5
        @Test func `a message with a stack has it in a thread, as a snapshot`() throws {
            let event = try sdk.event { Flycatcher.capture(message: "here") }

            let thread = event["threads"]["values"][0]
            #expect(thread["current"].bool == true)
            #expect(thread["stacktrace"]["snapshot"].bool == true)
            #expect(event["exception"].isAbsent)
            #expect(event["debug_meta"]["images"].list.isEmpty == false)
        }

        // S6
        @Test func `of a very deep stack both ends are kept`() throws {
            let frames = try trace {
                let done = DispatchSemaphore(value: 0)
                let thread = Thread {
                    descend(100_000)
                    done.signal()
                }
                thread.stackSize = 1 << 29
                thread.start()
                done.wait()
            }["frames"].list

            let functions = frames.map { $0["function"].text ?? "" }
            #expect((90...100).contains(frames.count))
            #expect(functions.last == "innermost()")
            #expect(functions.filter { $0 == "descend(_:)" }.count > 70)
            #expect(functions.first != "descend(_:)")
        }

        // S7
        @Test func `addresses come with the images that a server finds their names by`() throws {
            let event = try sdk.event { outermost() }

            let frame = try #require(event["exception"]["values"][0]["stacktrace"]["frames"].list.last)
            let address = try #require(frame["instruction_addr"].text)
            let number = try #require(UInt64(address.dropFirst(2), radix: 16))
            #expect(address.hasPrefix("0x"))
            let images = event["debug_meta"]["images"].list
            let holder = images.first { image in
                let start = image["image_addr"].text.flatMap { UInt64($0.dropFirst(2), radix: 16) } ?? .max
                return start <= number && number - start < UInt64(image["image_size"].number ?? 0)
            }
            let image = try #require(holder)
            #expect(image["type"].text == "elf")
            #expect(
                image["debug_id"].text?.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil)
            #expect(image["code_id"].text?.count == 40)
            #expect(image["code_file"].text?.hasSuffix(".xctest") == true)
            #expect(image["arch"].text?.isEmpty == false)
            #expect(
                event["exception"]["values"][0]["stacktrace"]["instruction_addr_adjustment"].text == "none")
        }

        @Test func `the code around the app's own calls is shown where it is at hand`() throws {
            let frame = try #require(try trace { outermost() }["frames"].list.last)

            let line = "    Flycatcher.capture(error: CocoaError(.featureUnsupported))"
            #expect(frame["context_line"].text == line)
            #expect(frame["pre_context"].list.last?.text == "@inline(never) private func innermost() {")
            #expect(frame["post_context"].list.count == 5)
            let none = try trace {
                $0.frameContextLines = 0
            } _: {
                outermost()
            }
            #expect(none["frames"].list.last?["context_line"].isAbsent == true)
        }

        // S8
        @Test func `functions have readable names, and their own beside them`() throws {
            let frames = try trace { Shelf(item: 1).reach { _ in outermost() } }["frames"].list

            let generic = try #require(frames.first { $0["function"].text == "Shelf.reach(_:)" })
            #expect(generic["raw_function"].text?.hasPrefix("$s15FlycatcherTests") == true)
            #expect(generic["symbol"].text == generic["raw_function"].text)
            let isClosure = { (frame: JSON) in frame["function"].text?.hasPrefix("closure #1 in") == true }
            #expect(frames.contains(where: isClosure))
            #expect(!frames.contains { $0["function"].text?.contains("thunk for") == true })
        }

        @Test func `functions that await the running one follow, marked as such`() async throws {
            let server = try CaptureServer()
            defer { server.stop() }
            Flycatcher.start { $0.dsn = server.dsn() }
            await awaitingOutermost()
            #expect(Flycatcher.close(timeout: .seconds(20)))

            let frames = try server.events[0]["exception"]["values"][0]["stacktrace"]["frames"].list
            let functions = frames.map { $0["function"].text ?? "" }
            let own = functions.filter { $0.hasPrefix("awaiting") || $0 == "Clerk.serve()" }
            #expect(own == ["awaitingOutermost()", "awaitingMiddle()", "Clerk.serve()"])
            let marked = frames.filter { $0["stack_start"].bool == true }.map { $0["function"].text }
            #expect(marked == ["awaitingOutermost()"])
        }

        @Test func `the number of frames is the app's choice`() throws {
            let frames = try trace {
                $0.maxStackFrames = 3
            } _: {
                outermost()
            }["frames"].list

            #expect(frames.count == 3)
            #expect(frames.last?["function"].text == "innermost()")
        }
    }
}

private struct Shelf<Item> {
    var item: Item

    @inline(never) func reach(_ body: (Item) -> Void) {
        body(item)
        keepFrame()
    }
}

private actor Clerk {
    func serve() {
        outermost()
        keepFrame()
    }
}

@inline(never) private func awaitingOutermost() async {
    await awaitingMiddle()
    keepFrame()
}

@inline(never) private func awaitingMiddle() async {
    await Clerk().serve()
    keepFrame()
}

@inline(never) private func descend(_ depth: Int) {
    if depth > 0 { descend(depth - 1) } else { outermost() }
    keepFrame()
}

@inline(never) private func outermost() {
    middle()
    keepFrame()
}

@inline(never) private func middle() {
    innermost()
    keepFrame()
}

@inline(never) private func innermost() {
    Flycatcher.capture(error: CocoaError(.featureUnsupported))
    keepFrame()
}

/// Something to be done after a call, so that it cannot become a jump that leaves no frame.
@inline(never) private func keepFrame() {}
