// What users say, on the wire.

import FlycatcherWire
import Testing

@testable import Flycatcher

extension SDKTests {
    @Suite struct UserFeedback {
        let sdk = SDKTests()

        @Test func `feedback is an item of its own that names its event`() throws {
            var (event, feedback) = (EventID(), EventID())
            let envelopes = try sdk.envelopes {
                event = Flycatcher.capture(message: "it broke")
                feedback = Flycatcher.captureFeedback(
                    Flycatcher.Feedback(
                        "it hung when I paid", name: "Ada", contactEmail: "ada@example.org",
                        url: "https://shop.example/pay", associatedEventID: event))
            }

            #expect(envelopes.map { $0.items.map(\.header.type) } == [["event"], ["feedback"]])
            #expect(feedback != event)
            #expect(envelopes[1].header.eventID == feedback)
            let payload = try #require(try envelopes[1].payloads("feedback").first)
            #expect(payload["event_id"].text == feedback.description)
            #expect(payload["timestamp"].text != nil)
            #expect(payload["platform"].text == "native")
            #expect(payload["level"].text == "info")
            let context = payload["contexts"]["feedback"]
            #expect(context["message"].text == "it hung when I paid")
            #expect(context["name"].text == "Ada")
            #expect(context["contact_email"].text == "ada@example.org")
            #expect(context["url"].text == "https://shop.example/pay")
            #expect(context["associated_event_id"].text == event.description)
        }

        @Test func `what the scopes know goes with feedback, attachments too`() throws {
            let envelopes = try sdk.envelopes {
                Flycatcher.setTag("tenant", to: "acme")
                Flycatcher.setUser(Flycatcher.User(id: "u-9"))
                Flycatcher.captureFeedback(Flycatcher.Feedback("words")) { scope in
                    scope.setTag("page", to: "pay")
                    scope.addAttachment(Flycatcher.Attachment(bytes: [1, 2], filename: "screen.png"))
                }
            }

            let envelope = try #require(envelopes.first)
            #expect(envelope.items.map(\.header.type) == ["feedback", "attachment"])
            #expect(envelope.items[1].header.filename == "screen.png")
            let payload = try envelope.payloads("feedback")[0]
            #expect(payload["tags"]["tenant"].text == "acme")
            #expect(payload["tags"]["page"].text == "pay")
            #expect(payload["user"]["id"].text == "u-9")
            #expect(payload["contexts"]["feedback"].keys == ["message"])
        }

        @Test func `feedback is not sampled, not ignored and not shown to beforeSend`() throws {
            let envelopes = try sdk.envelopes {
                $0.sampleRate = 0
                $0.ignoreErrors = ["words"]
                $0.beforeSend = { _, _ in nil }
            } _: {
                Flycatcher.captureFeedback(Flycatcher.Feedback("words"))
            }

            #expect(envelopes.map { $0.items("feedback").count } == [1])
        }

        @Test func `beforeSendFeedback changes feedback, and sees nothing else`() throws {
            let envelopes = try sdk.envelopes {
                $0.beforeSendFeedback = { event, hint in
                    var event = event
                    event.feedback?.message += " (\(hint.attachments.count))"
                    event.feedback?.contactEmail = nil
                    event.tags["seen"] = "yes"
                    return event
                }
            } _: {
                Flycatcher.capture(message: "x")
                Flycatcher.captureFeedback(Flycatcher.Feedback("words", contactEmail: "a@example.org"))
            }

            #expect(try envelopes[0].event["tags"]["seen"].isAbsent)
            let payload = try envelopes[1].payloads("feedback")[0]
            #expect(payload["contexts"]["feedback"]["message"].text == "words (0)")
            #expect(payload["contexts"]["feedback"]["contact_email"].isAbsent)
            #expect(payload["tags"]["seen"].text == "yes")
        }

        @Test(arguments: [true, false])
        func `feedback that the hook drops, by nil or by throwing, is counted`(isByThrowing: Bool) throws {
            let counts = try sdk.losses {
                $0.beforeSendFeedback = { _, _ in
                    if isByThrowing { throw CancellationError() }
                    return nil
                }
            } _: {
                Flycatcher.captureFeedback(Flycatcher.Feedback("words"))
            }

            #expect(counts == [Discards.Key(reason: .beforeSend, category: .feedback): 1])
        }

        @Test func `feedback without words is not sent, and long words are cut`() throws {
            let envelopes = try sdk.envelopes {
                #expect(Flycatcher.captureFeedback(Flycatcher.Feedback(" \n")) == EventID(value: 0))
                Flycatcher.captureFeedback(Flycatcher.Feedback(String(repeating: "ä", count: 9000)))
            }

            #expect(envelopes.count == 1)
            let text = try envelopes[0].payloads("feedback")[0]["contexts"]["feedback"]["message"].text
            #expect(try #require(text).utf8.count <= 4096)
            #expect(text?.hasSuffix("ä...") == true)
        }

        @Test func `feedback is not the event that was captured last`() throws {
            _ = try sdk.envelopes {
                let id = Flycatcher.capture(message: "x")
                Flycatcher.captureFeedback(
                    Flycatcher.Feedback("words", associatedEventID: Flycatcher.lastEventID))

                #expect(Flycatcher.lastEventID == id)
            }
        }
    }
}
