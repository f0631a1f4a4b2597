// A form with files, as an ingest request brings it.

import FlycatcherWire
import HTTPTypes
import Hummingbird
import Model

/// What came in a form: fields in memory, files on disk.
struct MultipartForm: Sendable {
    /// A field that is no file.
    struct Field: Sendable {
        let name: String
        var value: [UInt8] = []
    }

    /// A file and what its part says about it.
    struct File: Sendable {
        let header: MultipartHeader
        let upload: FinishedUpload
    }

    var fields: [Field] = []
    var files: [File] = []

    /// The boundary that a request names; nil when its body is no form.
    static func boundary(of request: Request) throws(IntakeError) -> String? {
        guard let type = request.headers[.contentType], type.lowercased().hasPrefix("multipart/form-data")
        else {
            return nil
        }
        guard let boundary = HeaderParameters(type)["boundary"], (1...200).contains(boundary.utf8.count)
        else {
            throw .badForm(.noBoundary)
        }
        return boundary
    }
}

/// Takes a form in while it arrives: files go to disk, fields stay in memory.
struct MultipartSink: BodySink {
    private let files: FileFolder
    /// Fields that are files although they do not say so.
    private let fileFields: Set<String>
    private var parser: MultipartParser
    private var form = MultipartForm()
    private var current: Current?
    private var fieldBytes = 0
    private var fileBytes = 0

    private enum Current {
        case field(MultipartForm.Field)
        case file(MultipartHeader, FileUpload)
    }

    init(boundary: String, files: FileFolder, fileFields: Set<String> = []) {
        self.files = files
        self.fileFields = fileFields
        parser = MultipartParser(boundary: boundary)
    }

    /// Files go to disk.
    var keptByteCount: Int { fieldBytes }

    mutating func consume(_ piece: Span<UInt8>) throws {
        let outputs: [MultipartParser.Output]
        do {
            outputs = try parser.consume(piece)
        } catch {
            throw IntakeError.badForm(error)
        }
        for output in outputs {
            switch output {
            case .part(let header): try begin(header)
            case .content(let bytes): try take(bytes)
            }
        }
    }

    private mutating func begin(_ header: MultipartHeader) throws {
        if case .file(let header, var upload) = current {
            current = nil
            // One of many that came in one small body must not wait for the next pause.
            try upload.settleAtOnce(in: files)
            current = .file(header, upload)
        }
        endPart()
        let isFile = header.filename != nil || fileFields.contains(header.name)
        current = isFile ? .file(header, FileUpload()) : .field(MultipartForm.Field(name: header.name))
    }

    private mutating func take(_ bytes: [UInt8]) throws {
        switch current {
        case .field(var field):
            fieldBytes += bytes.count
            guard fieldBytes <= IntakeLimits.formFieldBytes else {
                throw IntakeError.bodyTooLarge(limit: IntakeLimits.formFieldBytes)
            }
            current = nil
            field.value += bytes
            current = .field(field)
        case .file(let header, var upload):
            fileBytes += bytes.count
            guard fileBytes <= IntakeLimits.attachmentBytes else {
                throw IntakeError.bodyTooLarge(limit: IntakeLimits.attachmentBytes)
            }
            current = nil
            try upload.append(bytes, in: files)
            current = .file(header, upload)
        case nil: break
        }
    }

    mutating func pause() async throws {
        guard case .file(let header, var upload) = current, upload.isToSettle else { return }
        current = nil
        try await upload.settle(in: files)
        current = .file(header, upload)
    }

    private mutating func endPart() {
        switch current {
        case .field(let field): form.fields.append(field)
        case .file(let header, let upload):
            form.files.append(MultipartForm.File(header: header, upload: upload.finished()))
        case nil: break
        }
        current = nil
    }

    mutating func finish() throws -> MultipartForm {
        do {
            try parser.finish()
        } catch {
            throw IntakeError.badForm(error)
        }
        endPart()
        return form
    }
}
