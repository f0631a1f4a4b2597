// Names and types of files that clients chose, made harmless.

import Model
import Testing

@Suite struct FileNameTests {
    @Test(arguments: [
        ("../../x", "x"), ("C:\\dumps\\core.dmp", "core.dmp"), ("a/b/", "b"), ("..", "unnamed"),
        ("", "unnamed"),
        ("/", "unnamed"), ("a\r\nSet-Cookie: b", "aSet-Cookie: b"), ("evil\u{202E}gpj.exe", "evilgpj.exe"),
        ("nul\0byte.txt", "byte.txt"), ("  spaces .txt ", "spaces .txt"), ("trailing...", "trailing"),
        (".env", ".env"), ("grüße \u{1F41B}.log", "grüße \u{1F41B}.log"), ("\u{2028}\u{7F}", "unnamed"),
    ])
    func `folders, control characters and marks of direction are left out`(form: (String, String)) {
        #expect(FileName(form.0).description == form.1)
    }

    @Test func `a long name keeps its end`() {
        let name = FileName(String(repeating: "long", count: 1000) + ".dmp").description

        #expect(name.count == FileName.maximumLength)
        #expect(name.hasSuffix("long.dmp"))
    }

    @Test func `no name is a name too`() {
        #expect(FileName(nil).description == "unnamed")
    }
}

@Suite struct MediaTypeTests {
    @Test(arguments: [
        ("text/HTML; charset=utf-8", "text/html"), (" image/png ", "image/png"),
        ("nonsense", "application/octet-stream"),
        ("a/b/c", "application/octet-stream"), ("text/ht\nml", "application/octet-stream"),
        ("", "application/octet-stream"), ("/", "application/octet-stream"),
    ])
    func `a type is two words or unknown`(form: (String, String)) {
        #expect(MediaType(form.0).description == form.1)
    }

    @Test func `pictures are only what a browser cannot run`() {
        #expect(MediaType("image/png").isPicture)
        #expect(!MediaType("image/svg+xml").isPicture)
        #expect(MediaType("image/svg+xml").isText)
    }
}

@Suite struct FileDigestTests {
    @Test func `a digest is what its hex says`() throws {
        let digest = try #require(FileDigest(bytes: Array(0..<32)))

        #expect(digest.description.hasPrefix("000102030405"))
        #expect(FileDigest(hex: digest.description) == digest)
        #expect(FileDigest(hex: digest.description.dropLast()) == nil)
        #expect(FileDigest(hex: digest.description.uppercased()) == nil)
        #expect(FileDigest(bytes: [1]) == nil)
    }
}
