// Names of attachments that do no harm where they arrive.

extension Flycatcher.Attachment {
    static let maximumNameBytes = 200

    /// The name without folders and without what a file's name cannot have; `attachment` when nothing is left.
    var safeFilename: String {
        let last = filename.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var name = last.filter { character in
            !character.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
        }
        while name.utf8.count > Self.maximumNameBytes { name.removeFirst() }
        return name.allSatisfy { $0 == "." || $0 == " " } ? "attachment" : name
    }

    /// The media type as it was given, else the one that the name's extension stands for.
    var knownContentType: String {
        if let contentType { return contentType }
        let parts = safeFilename.split(separator: ".")
        let fileExtension = parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
        return Self.contentTypes[fileExtension] ?? "application/octet-stream"
    }

    private static let contentTypes = [
        "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "csv": "text/csv",
        "html": "text/html",
        "xml": "text/xml", "yaml": "application/yaml", "yml": "application/yaml", "json": "application/json",
        "pdf": "application/pdf", "zip": "application/zip", "gz": "application/gzip",
        "tar": "application/x-tar",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp",
        "svg": "image/svg+xml", "mp4": "video/mp4", "dmp": "application/x-dmp",
    ]
}
