// What counts as data in a message, and what stays text.

import Foundation
import Testing

@testable import Ingest

@Suite struct ParameterizerTests {
    @Test(arguments: [
        ("user 17 failed", "user <int> failed"), ("took 12ms", "took <duration>"),
        ("3.5 of -7", "<float> of <int>"), ("at 1e-9 and 2.5E+3", "at <float> and <float>"),
        ("id 6b1f0c2d-9a7e-4c53-b8d1-e2f3a4b5c6d7!", "id <uuid>!"), ("at 0x7ffe12", "at <hex>"),
        ("order-6b1f0c2d-9a7e-4c53-b8d1-e2f3a4b5c6d7 gone", "order-<uuid> gone"),
        ("from 10.0.0.3:8080 and ::1.", "from <ip> and <ip>."), ("in 10.0.0.0/24", "in <ip>/<int>"),
        ("from [fe80::1ff:fe23:4567:890a]:443", "from [<ip>]:<int>"),
        ("mail a.b@example.org,", "mail <email>,"),
        ("GET https://h.example/a?b=1 done", "GET <url> done"), ("see https://h.example/a.", "see <url>."),
        ("db-01.eu.example.com:5432 refused", "<host> refused"), ("foo.py and Foo.bar", "foo.py and Foo.bar"),
        ("on 2026-03-01T10:42:07Z now", "on <date> now"),
        ("on 2026-03-01 at 10:42:07.", "on <date> at <time>."),
        ("at 10:42 PM", "at <time>"), ("[01/Mar/2026:10:42:07 +0000]", "[<date> <int>]"),
        ("on Mon, 02 Jan 2006 15:04:05 GMT.", "on <date>."),
        ("Jan 2, 2006 or 2 January 2006", "<date> or <date>"),
        ("until 20260301T104207Z", "until <date>"), ("May the 4th", "May the 4th"),
        ("commit 9f2c1e7a88", "commit <hex>"), ("commit 9f2c1e7", "commit <hex>"),
        ("sha da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha <sha1>"),
        ("md5 d41d8cd98f00b204e9800998ecf8427e", "md5 <md5>"),
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "<traceparent>"),
        ("pod web-5d4f8b7c9-x2x7z", "pod web-<hex>-<id>"), ("used 1.5GiB of 2kb", "used <size> of <size>"),
        ("utf8 and v2 and sha256 stay", "utf8 and v2 and sha256 stay"), ("user12345 left", "user<int> left"),
        ("key='42' ok=true no=False", "key=<quoted> ok=<bool> no=<bool>"),
        ("say '42' x = 'y'", "say '<int>' x = 'y'"),
        ("key='open", "key='open"), ("a/17/b", "a/<int>/b"), ("", ""), ("no numbers", "no numbers"),
        ("Cannot read properties of undefined", "Cannot read properties of undefined"),
        ("größe 12 €", "größe <int> €"), ("第12行", "第<int>行"), ("用户17不存在", "用户<int>不存在"),
        ("DEADBEEF", "DEADBEEF"), ("std::vector::at", "std::vector::at"), ("x: 5", "x: <int>"),
        ("1h30m", "<duration>"), ("50% of 3", "<int>% of <int>"), ("worker_12: -1", "worker_<int>: <int>"),
    ])
    func `what differs is named by its kind`(form: (String, String)) {
        #expect(Parameterizer.parameterize(form.0) == form.1)
    }

    @Test func `only the first two lines count`() {
        #expect(Parameterizer.parameterize("\na 1\n\n  b 2\nc 3") == "a <int>\nb <int>…")
        #expect(Parameterizer.parameterize("a\r\nb\r\n") == "a\nb")
    }

    @Test func `it does nothing to what it has done`() {
        for text in ["user <int> from <ip>", "<uuid> at <date>", "key=<quoted>"] {
            #expect(Parameterizer.parameterize(text) == text)
        }
    }

    @Test func `no character is torn, whatever stands beside it`() {
        let scalars = "aZ09 -.:/@_='\"%+é€😀\u{301}第<(\n".map(String.init)
        var generator = SeededGenerator(seed: 7)

        for _ in 0..<3000 {
            let text = (0..<24).map { _ in scalars.randomElement(using: &generator) ?? "" }.joined()
            let result = Parameterizer.parameterize(text)

            #expect(!result.unicodeScalars.contains("\u{FFFD}"), "\(text)")
        }
    }

    /// Where time grows faster than the text, 16 times the text takes more than 16 times the work.
    @Test(arguments: [
        "1-", "a.1", "1:", "='", "@a.", "1 2 ", "Jan 1 ", "a://", "é1", "/1", "0x", "=\"\\", "::", "-",
    ])
    func `time is linear in the text`(unit: String) {
        func milliseconds(_ count: Int) -> Double {
            let text = String(repeating: unit, count: count)
            let times = (0..<3).map { _ in
                let start = threadMilliseconds()
                _ = Parameterizer.parameterize(text)
                return threadMilliseconds() - start
            }
            return times.min() ?? 0
        }

        let small = milliseconds(4096)
        let large = milliseconds(16 * 4096)

        // Quadratic work would be 256 times.
        #expect(large < small * 100 + 20, "\(small) ms, then \(large) ms")
    }
}

/// Processor time that this thread has used, which a busy machine hardly changes.
private func threadMilliseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
