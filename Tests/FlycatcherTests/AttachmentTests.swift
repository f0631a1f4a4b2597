// Files that go with events.

import FlycatcherWire
import Foundation
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct Attachments {
        let sdk = SDKTests()

        @Test func `attachments are items of their own in the envelope of their event`() throws {
            let envelopes = try withTemporaryFolder { folder in
                let file = folder.appending(path: "shop.log")
                try Data("line one\nline two\n".utf8).write(to: file)
                return try sdk.envelopes {
                    Flycatcher.configureScope { $0.addAttachment(Flycatcher.Attachment(path: file.path)) }
                    Flycatcher.withScope { scope in
                        scope.addAttachment(
                            Flycatcher.Attachment(
                                bytes: [0, 10, 255], filename: "dump.bin", kind: .init(rawValue: "event.x")))
                        Flycatcher.capture(message: "with both")
                    }
                    Flycatcher.configureScope { $0.clearAttachments() }
                    Flycatcher.capture(message: "with none")
                }
            }

            #expect(envelopes.count == 2)
            #expect(envelopes[0].items.map(\.header.type) == ["event", "attachment", "attachment"])
            #expect(envelopes[0].header.eventID != nil)
            let (log, dump) = (envelopes[0].items[1], envelopes[0].items[2])
            #expect(log.header.filename == "shop.log")
            #expect(log.header.length == 18)
            #expect(log.header.contentType == "text/plain")
            #expect(log.header.attachmentType == "event.attachment")
            #expect(try log.bytes == Array("line one\nline two\n".utf8))
            #expect(dump.header.filename == "dump.bin")
            #expect(dump.header.length == 3)
            #expect(dump.header.contentType == "application/octet-stream")
            #expect(dump.header.attachmentType == "event.x")
            #expect(try dump.bytes == [0, 10, 255])
            #expect(envelopes[1].items.map(\.header.type) == ["event"])
        }

        @Test func `an attachment over the size limit is dropped alone and reported`() throws {
            let counts = try withTemporaryFolder { folder in
                let file = folder.appending(path: "large.txt")
                try Data(count: 5000).write(to: file)
                return try sdk.losses {
                    $0.maxAttachmentSize = 1000
                } _: {
                    Flycatcher.withScope { scope in
                        scope.addAttachment(
                            Flycatcher.Attachment(bytes: Array(repeating: 1, count: 1001), filename: "a"))
                        scope.addAttachment(Flycatcher.Attachment(path: file.path))
                        scope.addAttachment(
                            Flycatcher.Attachment(bytes: Array(repeating: 1, count: 1000), filename: "b"))
                        Flycatcher.capture(message: "x")
                    }
                }
            }

            #expect(
                counts == [
                    Discards.Key(reason: .invalid, category: .attachmentItem): 2,
                    Discards.Key(reason: .invalid, category: .attachment): 6001,
                ])
        }

        @Test func `the size limit is 20 MiB unless it is set`() throws {
            let limit = 20 << 20
            let transport = Flycatcher.RecordingTransport()
            Flycatcher.start { $0.transport = transport }
            Flycatcher.withScope { scope in
                let bytes = [UInt8](repeating: 7, count: limit + 1)
                scope.addAttachment(Flycatcher.Attachment(bytes: bytes, filename: "over"))
                scope.addAttachment(Flycatcher.Attachment(bytes: bytes.dropLast(), filename: "exact"))
                Flycatcher.capture(message: "x")
            }
            Flycatcher.close(timeout: .seconds(20))

            let items = transport.envelopes.first?.items("attachment")
            #expect(items?.map(\.header.filename) == ["exact"])
            #expect(items?.map(\.byteCount) == [limit])
        }

        @Test func `attachments go with transactions only where they say so`() throws {
            let envelopes = try sdk.envelopes {
                $0.tracesSampleRate = 1
            } _: {
                Flycatcher.withScope { scope in
                    scope.addAttachment(Flycatcher.Attachment(bytes: [1], filename: "error.txt"))
                    scope.addAttachment(
                        Flycatcher.Attachment(bytes: [2], filename: "both.txt", isAddedToTransactions: true))
                    Flycatcher.withTransaction(name: "t", operation: "task") { _ in }
                }
            }

            let envelope = try #require(envelopes.first { !$0.items("transaction").isEmpty })
            #expect(envelope.items("attachment").map(\.header.filename) == ["both.txt"])
        }

        @Test func `attachments are lost and counted with an event that finds no place in the queue`() throws
        {
            let counts = try sdk.losses {
                $0.maxQueueItems = 30
                $0.attachStacktrace = false
                $0.beforeSend = { event, _ in
                    // While the first event is made, the others wait.
                    if event.message?.formatted == "first" { Self.gate.wait() }
                    return event
                }
            } _: {
                Flycatcher.withScope { scope in
                    scope.addAttachment(Flycatcher.Attachment(bytes: [1, 2, 3], filename: "a"))
                    Flycatcher.capture(message: "first")
                    for number in 0..<100 { Flycatcher.capture(message: "\(number)") }
                }
                Self.gate.signal()
            }

            let lost = try #require(counts[Discards.Key(reason: .queueOverflow, category: .error)])
            #expect(lost >= 69)
            #expect(counts[Discards.Key(reason: .queueOverflow, category: .attachmentItem)] == lost)
            #expect(counts[Discards.Key(reason: .queueOverflow, category: .attachment)] == 3 * lost)
        }

        private static let gate = DispatchSemaphore(value: 0)

        @Test(arguments: ["missing", "folder", "pipe"])
        func `a file that cannot be read is left out and counted, and delays nothing`(kind: String) throws {
            let counts = try withTemporaryFolder { folder in
                try FileManager.default.createDirectory(
                    at: folder.appending(path: "folder"), withIntermediateDirectories: true)
                #expect(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
                return try sdk.losses {
                    Flycatcher.withScope { scope in
                        scope.addAttachment(Flycatcher.Attachment(path: folder.appending(path: kind).path))
                        #expect(
                            Flycatcher.capture(message: "sent all the same") != Flycatcher.EventID(value: 0))
                    }
                }
            }

            #expect(counts == [Discards.Key(reason: .invalid, category: .attachmentItem): 1])
        }

        @Test(
            arguments: [
                ("../../etc/passwd", "passwd"), ("/var/log/shop.log", "shop.log"),
                ("C:\\logs\\a.txt", "a.txt"),
                ("a\u{0}b\nc\u{7F}.txt", "abc.txt"), ("..", "attachment"), ("", "attachment"),
                ("dir/", "dir"),
                ("ok name-1_ä.json", "ok name-1_ä.json"),
                (String(repeating: "x", count: 500) + ".log", String(repeating: "x", count: 196) + ".log"),
            ])
        func `a file name travels without folders and control characters`(name: String, sent: String) throws {
            let envelopes = try sdk.envelopes {
                Flycatcher.withScope { scope in
                    scope.addAttachment(Flycatcher.Attachment(bytes: [1], filename: name))
                    Flycatcher.capture(message: "x")
                }
            }

            #expect(envelopes.first?.items("attachment").map(\.header.filename) == [sent])
        }

        @Test(
            arguments: [
                ("a.json", nil, "application/json"), ("A.PNG", nil, "image/png"),
                ("json", nil, "application/octet-stream"),
                ("a.tar.gz", nil, "application/gzip"), ("a.json", "text/x", "text/x"),
            ] as [(String, String?, String)])
        func `the content type is guessed from the extension`(
            name: String, given: String?, sent: String
        ) throws {
            let envelopes = try sdk.envelopes {
                Flycatcher.withScope { scope in
                    scope.addAttachment(Flycatcher.Attachment(bytes: [1], filename: name, contentType: given))
                    Flycatcher.capture(message: "x")
                }
            }

            #expect(envelopes.first?.items("attachment").map(\.header.contentType) == [sent])
        }
    }
}
