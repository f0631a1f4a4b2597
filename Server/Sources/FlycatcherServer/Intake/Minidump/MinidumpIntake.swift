// Takes in dumps of crashed programs (protocol section 16).

import Compression
import FlycatcherWire
import HTTPTypes
import Hummingbird
import Ingest
import Model

extension Intake {
    private static let dumpField = "upload_file_minidump"
    private static let notedFiles: Set<String> = [
        "__sentry-event", "__sentry-breadcrumb1", "__sentry-breadcrumb2",
    ]

    /// Takes a dump with what came beside it, and stores the event that it stands for.
    func takeMinidump(
        _ request: Request, project: ProjectID, from client: String?, _ visit: inout IntakeVisit
    ) async throws -> EventID {
        let entry = try await sender(of: request, to: project, of: "error", &visit)
        let form = try await dumpForm(request, &visit)
        visit.hasReadBody = true
        guard let file = form.files.first(where: { $0.header.name == Self.dumpField }) else {
            throw IntakeError.badItem(.missing("minidump"))
        }
        let (dump, head) = try await unpacked(file.upload)
        let noted = try await notes(in: form)
        var event = MinidumpEvent(
            form.fields, noted: noted["__sentry-event"] ?? [],
            crumbs: ["__sentry-breadcrumb1", "__sentry-breadcrumb2"].compactMap { noted[$0] })
        let arrival = arrival(entry, from: client, visit)
        var parcel = Parcel(arrival)
        parcel.attach(
            dump, named: file.header.filename ?? "minidump.dmp", type: "application/x-dmp",
            kind: "event.minidump")
        for other in form.files where other.header.name != Self.dumpField {
            guard !Self.notedFiles.contains(other.header.name) else { continue }
            parcel.attach(
                other.upload, named: other.header.filename ?? other.header.name,
                type: other.header.contentType)
        }
        if !disk.takesAttachments {
            countAttachments(of: parcel, .rateLimited, reason: "disk_space")
            parcel.detachAll()
        }
        try count("error", against: entry)
        return try await take(event.finish(crashedAt: head.writtenAt), arrival, with: parcel, &visit.reading)
    }

    /// The form, or a body that is the dump itself as a form of one file.
    private func dumpForm(_ request: Request, _ visit: inout IntakeVisit) async throws -> MultipartForm {
        if let boundary = try MultipartForm.boundary(of: request) {
            var sink = MultipartSink(
                boundary: boundary, files: files, fileFields: Self.notedFiles.union([Self.dumpField]))
            visit.reading.receivedBytes = try await BodyReader.read(
                request, limit: IntakeLimits.minidumpBytes, packedLimit: IntakeLimits.minidumpBytes,
                into: &sink)
            return try sink.finish()
        }
        var sink = FileSink(files: files)
        visit.reading.receivedBytes = try await BodyReader.read(
            request, limit: IntakeLimits.attachmentBytes, packedLimit: IntakeLimits.minidumpBytes, into: &sink
        )
        return MultipartForm(files: [
            MultipartForm.File(header: MultipartHeader(name: Self.dumpField), upload: sink.upload.finished())
        ])
    }

    /// The dump as it is, whatever it was packed with.
    private func unpacked(_ upload: FinishedUpload) async throws -> (FinishedUpload, Minidump) {
        guard let head = Minidump(head: try await files.beginning(of: upload, limit: Minidump.headBytes))
        else {
            throw IntakeError.badItem(.missing("minidump"))
        }
        let encoding: ContentEncoding
        switch head.packing {
        case .none, .other: return (upload, head)
        case .gzip: encoding = .gzip
        case .zstd: encoding = .zstd
        }
        do {
            let dump = try await files.unpack(upload, encoding, limit: IntakeLimits.attachmentBytes)
            guard let head = Minidump(head: try await files.beginning(of: dump, limit: Minidump.headBytes)),
                head.packing == .none
            else { throw IntakeError.badItem(.missing("minidump")) }
            return (dump, head)
        } catch let error as DecompressionError {
            throw IntakeError.badBody(error)
        }
    }

    /// What the crash handler noted down, by the name of its file.
    private func notes(in form: MultipartForm) async throws -> [String: [UInt8]] {
        var notes: [String: [UInt8]] = [:]
        for file in form.files where Self.notedFiles.contains(file.header.name) {
            guard file.upload.size <= Int64(IntakeLimits.eventBytes) else { continue }
            notes[file.header.name] = try await files.beginning(
                of: file.upload, limit: IntakeLimits.eventBytes)
        }
        return notes
    }
}

/// A body that is a file.
struct FileSink: BodySink {
    let files: FileFolder
    private(set) var upload = FileUpload()

    init(files: FileFolder) {
        self.files = files
    }

    /// It goes to disk.
    var keptByteCount: Int { 0 }

    mutating func consume(_ piece: Span<UInt8>) throws {
        try upload.append(piece.withUnsafeBufferPointer { Array($0) }, in: files)
    }

    mutating func pause() async throws {
        guard upload.isToSettle else { return }
        var settled = upload
        upload = FileUpload()
        try await settled.settle(in: files)
        upload = settled
    }
}
