// Answers made of texts and bytes.

import Hummingbird

extension Response {
    /// JSON that is ready to be sent.
    init(status: HTTPResponse.Status = .ok, json: String) {
        self.init(status: status, type: "application/json", bytes: Array(json.utf8))
    }

    /// An HTML document.
    init(status: HTTPResponse.Status = .ok, html: [UInt8]) {
        self.init(status: status, type: "text/html; charset=utf-8", bytes: html)
    }

    /// Bytes of some type.
    init(status: HTTPResponse.Status = .ok, type: String, bytes: [UInt8]) {
        self.init(
            status: status, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
