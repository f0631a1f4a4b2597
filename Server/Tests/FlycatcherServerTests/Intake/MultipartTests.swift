// Forms with files, cut everywhere and broken in every way.

import Testing

@testable import FlycatcherServer

@Suite struct MultipartTests {
    private let form =
        "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\ntwo\r\n--B \t\r\n"
        + "content-disposition: form-data; name=\"f\"; filename=\"x\\\"y.txt\"\r\nContent-Type: text/plain\r\n\r\n"
        + "\r\n--Bx \r\n--\r\n\r\n--B\r\nContent-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n\r\n--B\r\n"
        + "\r\nbare\r\n--B--\r\nepilogue\r\n--B\r\n"

    /// Parts as `name|filename|content`.
    private func parts(_ text: String, cutAt places: [Int]) throws -> [String] {
        var parser = MultipartParser(boundary: "B")
        var parts: [(String, [UInt8])] = []
        let bytes = Array(text.utf8)
        var start = 0
        for end in places + [bytes.count] {
            for output in try parser.consume(Array(bytes[start..<end]).span) {
                switch output {
                case .part(let header): parts.append(("\(header.name)|\(header.filename ?? "-")|", []))
                case .content(let content): parts[parts.count - 1].1 += content
                }
            }
            start = end
        }
        try parser.finish()
        return parts.map { $0.0 + String(decoding: $0.1, as: UTF8.self) }
    }

    private let expected = [
        "a|-|one\r\ntwo", "f|x\"y.txt|\r\n--Bx \r\n--\r\n", "empty||", "|-|bare",
    ]

    @Test func `a form is the same wherever it is cut`() throws {
        // "--Bx" is a boundary followed by something else, which is refused as malformed; see below.
        let form = form.replacing("--Bx", with: "--Cx")
        let expected = expected.map { $0.replacing("--Bx", with: "--Cx") }
        #expect(try parts(form, cutAt: []) == expected)
        for place in 0...form.utf8.count {
            #expect(try parts(form, cutAt: [place]) == expected, "cut at \(place)")
        }
        #expect(try parts(form, cutAt: Array(1..<form.utf8.count)) == expected)
    }

    @Test(arguments: [
        "", "nothing", "--B", "--B\r\n", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--B\r\n\r\n\r\n--B", "--Bx\r\n", "--B-\r\n",
    ])
    func `a form without its end is refused, wherever it is cut`(text: String) {
        for place in 0...text.utf8.count {
            #expect(throws: MultipartError.self) { try parts(text, cutAt: [place]) }
        }
    }

    @Test func `headers, parts and padding are bounded`() {
        let long = "--B\r\nX: " + String(repeating: "a", count: MultipartParser.maximumHeaderBytes + 1)
        let many = String(repeating: "--B\r\n\r\n\r\n", count: MultipartParser.maximumParts + 1)
        let padded = "--B" + String(repeating: " ", count: 2000)

        #expect(throws: MultipartError.headerTooLong) { try parts(long, cutAt: []) }
        #expect(throws: MultipartError.tooManyParts) { try parts(many, cutAt: []) }
        #expect(throws: MultipartError.malformed) { try parts(padded, cutAt: []) }
    }

    @Test func `random bytes end in an answer, never in a trap`() {
        var generator = SystemRandomNumberGenerator()
        let pieces = [
            "\r\n", "--B", "--", "\r", "\n", "a", ":", ";", "=", "\"", "Content-Disposition: form-data",
        ]
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let place = Int.random(in: 0...text.utf8.count, using: &generator)
            // Either is right; only a trap would be wrong.
            _ = try? parts(text, cutAt: [place])
        }
    }

    @Test(
        arguments: [
            ("form-data; name=a; filename=b.txt", "a", "b.txt"), ("form-data; name=\"a;b\"; x", "a;b", nil),
            ("form-data; name=\"a\"; filename=\"C:\\dir\\f\"", "a", "C:\\dir\\f"),
            ("form-data; filename*=UTF-8''gr%C3%BC%C3%9Fe+1.txt; name=\"a\"", "a", "grüße+1.txt"),
            ("form-data; name=\"open", "open", nil), ("", "", nil), ("form-data;;;=;name", "", nil),
        ] as [(String, String, String?)])
    func `a disposition is read with its quotes`(form: (String, String, String?)) {
        let header = MultipartHeader(lines: Array("Content-Disposition: \(form.0)".utf8))

        #expect(header.name == form.1 && header.filename == form.2)
    }
}

@Suite struct MessagePackTests {
    @Test(
        arguments: [
            ([0x81, 0xA1, 0x61, 0x93, 0x01, 0xC3, 0xC0], #"{"a":[1,true,null]}"#), ([0xFF], "-1"),
            ([0xD1, 0xFF, 0x00], "-256"),
            ([0xCD, 0x01, 0x00], "256"), ([0xD9, 0x02, 0x68, 0x69], #""hi""#),
            ([0xC4, 0x02, 0x00, 0x01], "null"),
            ([0xDC, 0x00, 0x01, 0x05], "[5]"), ([0x81, 0x07, 0x08], #"{"7":8}"#),
        ] as [([UInt8], String)])
    func `values are read as JSON`(form: ([UInt8], String)) {
        #expect(MessagePack.json(form.0).map { String(decoding: $0, as: UTF8.self) } == form.1)
    }

    @Test func `what is cut, claims too much or nests too deep is nothing`() {
        #expect(MessagePack.json([]) == nil)
        #expect(MessagePack.json([0xDF, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(MessagePack.json([0xDB, 0xFF, 0xFF, 0xFF, 0xFF, 0x61]) == nil)
        #expect(MessagePack.json(Array(repeating: 0x91, count: 100) + [0x01]) == nil)
        #expect(MessagePack.json([0xC1]) == nil)
        let whole: [UInt8] = [
            0x82, 0xA1, 0x61, 0xCB, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xA1, 0x62, 0xD9, 0x03, 0x61, 0x62, 0x63,
        ]
        for end in 0..<whole.count { #expect(MessagePack.json(Array(whole[..<end])) == nil) }
        #expect(MessagePack.json(whole) != nil)
    }
}
