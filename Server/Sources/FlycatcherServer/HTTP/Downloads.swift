// Sends the contents of attachments, so that none of them ever runs as a page of ours.

import HTTPTypes
import Hummingbird
import Model

extension Composition {
    /// The content of an attachment as a download; nil when its file is gone.
    func download(_ attachment: Attachment) async throws -> Response? {
        guard let file = try await files.open(attachment.file.digest) else { return nil }
        var headers = Self.harmlessHeaders
        headers[.contentType] = Self.harmlessType(attachment.file.type)
        headers[.contentDisposition] = "attachment; " + Self.parameters(of: attachment.file.name)
        return Response(status: .ok, headers: headers, body: Self.body(of: file))
    }

    /// The content of an attachment that is a picture, to be shown on a page; nil for everything else.
    ///
    /// Its first bytes must say what its type says.
    func picture(_ attachment: Attachment) async throws -> Response? {
        let type = attachment.file.type
        guard type.isPicture, let file = try await files.open(attachment.file.digest),
            try await file.piece(from: 0, limit: 16).looksLike(type)
        else { return nil }
        var headers = Self.harmlessHeaders
        headers[.contentType] = type.description
        headers[.contentDisposition] = "inline; " + Self.parameters(of: attachment.file.name)
        return Response(status: .ok, headers: headers, body: Self.body(of: file))
    }

    /// How much of a text is shown on a page.
    private static let shownTextBytes = 64 << 10

    /// The content of a short text; nil for everything else.
    func shortText(_ attachment: Attachment) async throws -> String? {
        guard attachment.file.type.isText, attachment.file.size <= Self.shownTextBytes,
            let file = try await files.open(attachment.file.digest)
        else { return nil }
        let bytes = try await file.piece(from: 0, limit: Self.shownTextBytes)
        return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// Even if a browser showed it as a document, it would have no origin, no scripts and nothing to load.
    private static let harmlessHeaders: HTTPFields = [
        .contentSecurityPolicy: "default-src 'none'; sandbox", .xContentTypeOptions: "nosniff",
        .crossOriginResourcePolicy: "same-origin", .cacheControl: "private, no-store",
    ]

    private static func harmlessType(_ type: Model.MediaType) -> String {
        if type.isPicture { return type.description }
        return type.isText ? "text/plain; charset=utf-8" : Model.MediaType.unknown.description
    }

    /// The name twice: in ASCII for old clients, and percent-encoded for all others.
    private static func parameters(of name: FileName) -> String {
        let text = name.description
        let plain = text.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && scalar != "\"" && scalar != "\\" && scalar != "%"
            return isPlain ? Character(scalar) : "_"
        }
        return "filename=\"\(String(plain))\"; filename*=UTF-8''\(FormFields.encoded(text))"
    }

    private static func body(of file: FileReading) -> ResponseBody {
        ResponseBody(contentLength: Int(file.size)) { writer in
            var place: Int64 = 0
            while place < file.size {
                let piece = try await file.piece(from: place)
                // A file never changes; if the disk says otherwise, the length that was announced breaks off.
                guard !piece.isEmpty else { break }
                place += Int64(piece.count)
                try await writer.write(ByteBuffer(bytes: piece))
            }
            try await writer.finish(nil)
        }
    }
}

extension [UInt8] {
    /// Whether these are the first bytes of a picture of that type.
    fileprivate func looksLike(_ type: Model.MediaType) -> Bool {
        switch type.description {
        case "image/png": starts(with: [0x89, 0x50, 0x4E, 0x47])
        case "image/jpeg": starts(with: [0xFF, 0xD8, 0xFF])
        case "image/gif": starts(with: Array("GIF8".utf8))
        case "image/bmp": starts(with: Array("BM".utf8))
        case "image/webp": starts(with: Array("RIFF".utf8)) && dropFirst(8).starts(with: Array("WEBP".utf8))
        default: false
        }
    }
}
