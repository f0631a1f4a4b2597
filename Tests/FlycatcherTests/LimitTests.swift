// What an app may throw at the SDK without harm.

import Flycatcher
import Foundation
import Testing

extension SDKTests {
    @Suite struct Limits {
        let sdk = SDKTests()

        @Test func `numbers that JSON does not know arrive as texts`() throws {
            let event = try sdk.event {
                Flycatcher.setExtra(
                    "numbers", to: [.double(.nan), .double(.infinity), .double(-.infinity), 1.5])
                Flycatcher.capture(message: "x")
            }

            #expect(event["extra"]["numbers"].list.map(\.text) == ["nan", "inf", "-inf", nil])
            #expect(event["extra"]["numbers"][3].number == 1.5)
        }

        @Test func `a deep value is cut, not fatal`() throws {
            var deep: Flycatcher.JSONValue = "bottom"
            for _ in 0..<1000 { deep = ["down": [deep]] }

            let event = try sdk.event {
                Flycatcher.setExtra("deep", to: deep)
                Flycatcher.capture(message: "x")
            }

            #expect(event["extra"]["deep"]["down"][0]["down"][0]["down"][0].text == "{...}")
        }

        @Test func `wide values are cut after a hundred entries`() throws {
            let members = (0..<500).map { ("key \($0)", Flycatcher.JSONValue.integer($0)) }
            let event = try sdk.event {
                Flycatcher.setExtra("list", to: .array([Flycatcher.JSONValue](repeating: 1, count: 500)))
                Flycatcher.setExtra("object", to: .object(Dictionary(uniqueKeysWithValues: members)))
                Flycatcher.capture(message: "x")
            }

            #expect(event["extra"]["list"].list.count == 100)
            #expect(event["extra"]["object"].keys.count == 100)
        }

        @Test func `long texts are cut with a mark and stay valid`() throws {
            let text = String(repeating: "ä😀\u{0}\"\\", count: 100_000)
            let event = try sdk.event {
                Flycatcher.setTag("long", to: text)
                Flycatcher.capture(message: text)
            }

            let message = try #require(event["logentry"]["formatted"].text)
            #expect(message.hasSuffix("..."))
            #expect(message.hasPrefix("ä😀\u{0}\"\\ä"))
            #expect(message.utf8.count <= 8192)
            #expect(try #require(event["tags"]["long"].text).utf8.count <= 200)
        }

        @Test func `an event that is too large gives up its extra before itself`() throws {
            let wide = Flycatcher.JSONValue.array(
                [Flycatcher.JSONValue](repeating: .string(String(repeating: "x", count: 8000)), count: 100))
            let event = try sdk.event {
                Flycatcher.setExtra("a", to: wide)
                Flycatcher.setExtra("b", to: wide)
                Flycatcher.setTag("kept", to: "yes")
                Flycatcher.capture(message: "large")
            }

            #expect(event["logentry"]["formatted"].text == "large")
            #expect(event["tags"]["kept"].text == "yes")
            #expect(event["extra"].isAbsent)
        }
    }
}
