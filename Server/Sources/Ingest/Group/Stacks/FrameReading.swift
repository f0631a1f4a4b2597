// Reads the frames of a stack trace once, for every way to group by them.

import Model
import TapeJSON

/// What grouping needs of one frame.
struct FrameReading {
    /// Why a frame never counts.
    enum Gap {
        case evaluatedCode
        case nothingStable
    }

    /// Of everything that counts.
    var hash: UInt128 = 0
    var isInApp = false
    var gap: Gap?
    /// Whether a function was given and the path is a URL: what a script's lone frame is judged by.
    var hasFunction = false
    var isOnURL = false
    let node: JSONNode
}

/// The members of a frame that grouping looks at, found in one pass.
struct FrameFields {
    var module: JSONNode?
    var function: JSONNode?
    var rawFunction: JSONNode?
    var filename: JSONNode?
    var path: JSONNode?
    var contextLine: JSONNode?
    var platform: JSONNode?
    var package: JSONNode?
    var inApp: JSONNode?
    var data: JSONNode?

    init(_ frame: JSONNode, in document: borrowing JSONDocument) {
        var candidate = document.firstChild(of: frame)
        while let member = candidate {
            // The length tells most keys apart without a look at them.
            switch document.keyLength(member) {
            case 4: if document.hasKey(member, "data") { data = data ?? member }
            case 6:
                if document.hasKey(member, "module") { module = module ?? member }
                if document.hasKey(member, "in_app") { inApp = inApp ?? member }
            case 7: if document.hasKey(member, "package") { package = package ?? member }
            case 8: readEight(member, in: document)
            case 12:
                if document.hasKey(member, "context_line") { contextLine = contextLine ?? member }
                if document.hasKey(member, "raw_function") { rawFunction = rawFunction ?? member }
            default: break
            }
            candidate = document.sibling(after: member)
        }
    }

    private mutating func readEight(_ member: JSONNode, in document: borrowing JSONDocument) {
        if document.hasKey(member, "function") {
            function = function ?? member
        } else if document.hasKey(member, "filename") {
            filename = filename ?? member
        } else if document.hasKey(member, "abs_path") {
            path = path ?? member
        } else if document.hasKey(member, "platform") {
            platform = platform ?? member
        }
    }
}

/// Turns frames into hashes of what is stable in them.
struct FrameReader {
    private let eventLanguage: FrameLanguage
    /// What counts of the frame that was read last: place, function and line of source.
    private(set) var place: [UInt8] = []
    private(set) var function: [UInt8] = []
    private(set) var contextLine: [UInt8] = []

    init(platform: String) {
        var platform = platform
        eventLanguage = platform.withUTF8 { FrameLanguage(platform: $0.span) }
    }

    /// Reads one frame.
    mutating func read(
        _ frame: JSONNode, _ fields: FrameFields, in document: JSONDocument
    ) -> FrameReading {
        let language =
            fields.platform.flatMap { document.withText($0) { FrameLanguage(platform: $0) } } ?? eventLanguage
        var reading = FrameReading(node: frame)
        reading.isInApp = fields.inApp.flatMap { document.bool($0) } == true
        reading.hasFunction = fields.function.map { document.rawLength($0) > 0 } ?? false
        // Most frames leave one of them empty.
        if !place.isEmpty { place.removeAll(keepingCapacity: true) }
        if !function.isEmpty { function.removeAll(keepingCapacity: true) }
        if !contextLine.isEmpty { contextLine.removeAll(keepingCapacity: true) }
        if language == .javascript {
            reading.isOnURL = isOnURL(fields, in: document)
            if isEvaluated(fields, in: document) {
                reading.gap = .evaluatedCode
                return reading
            }
        }
        readFunction(fields, language, in: document)
        readPlace(fields, language, in: document)
        if language.usesContextLine { readContextLine(fields, language, reading, in: document) }
        if place.isEmpty && function.isEmpty && contextLine.isEmpty || isPlaceAlone(language) {
            reading.gap = .nothingStable
        } else {
            reading.hash = hash()
        }
        return reading
    }

    /// `module.function` as people read it.
    var description: String {
        let place = String(decoding: place, as: UTF8.self)
        let function = String(decoding: function, as: UTF8.self)
        let line = String(decoding: contextLine, as: UTF8.self)
        let name = [place, function].filter { !$0.isEmpty }.joined(separator: " in ")
        return line.isEmpty ? name : "\(name) at “\(line)”"
    }

    private func hash() -> UInt128 {
        var hasher = GroupingHasher()
        hasher.combine(place.span)
        hasher.combine(function.span)
        if !contextLine.isEmpty { hasher.combine(contextLine.span) }
        return hasher.value
    }

    /// The file of compiled code says nothing without the function.
    private func isPlaceAlone(_ language: FrameLanguage) -> Bool {
        language.leavesFileOut && function.isEmpty
    }

    private mutating func readFunction(
        _ fields: FrameFields, _ language: FrameLanguage, in document: JSONDocument
    ) {
        let node = language == .csharp ? fields.rawFunction ?? fields.function : fields.function
        guard let node else { return }
        _ = document.withText(node) { FunctionName.append($0, language, to: &function) }
    }

    /// The module if it is usable, else the file.
    private mutating func readPlace(
        _ fields: FrameFields, _ language: FrameLanguage, in document: JSONDocument
    ) {
        if let module = fields.module, !isPath(module, fields, language, in: document) {
            _ = document.withText(module) { ModuleName.append($0, language, to: &place) }
        }
        guard place.isEmpty, !(language.leavesFileOut && !function.isEmpty) else { return }
        if let path = fields.path, document.withText(path, FilePath.isURL) == true { return }
        guard let filename = fields.filename else { return }
        _ = document.withText(filename) { FilePath.append($0, language, to: &place) }
    }

    /// Where scripts have no modules, tools name the file once more.
    private func isPath(
        _ module: JSONNode, _ fields: FrameFields, _ language: FrameLanguage, in document: JSONDocument
    ) -> Bool {
        guard language == .javascript, let path = fields.path else { return false }
        return document.withText(module) { module in
            Bytes.contains(module, UInt8(ascii: "/"))
                && document.withText(path) { Bytes.hasSuffix($0, module) } == true
        } ?? false
    }

    /// The line of source, blanks folded, unless it is so long that it must be generated.
    private mutating func readContextLine(
        _ fields: FrameFields, _ language: FrameLanguage, _ reading: FrameReading, in document: JSONDocument
    ) {
        guard let line = fields.contextLine, document.rawLength(line) <= 120 else { return }
        if language == .javascript, !reading.hasFunction, reading.isOnURL { return }
        _ = document.withText(line) { contextLine.append(foldingBlanks: $0) }
        // With a source map the line says it better than the minified name.
        if language == .javascript, !contextLine.isEmpty,
            fields.data.flatMap({ document.member("sourcemap", of: $0) }) != nil
        {
            function.removeAll(keepingCapacity: true)
        }
    }

    private func isEvaluated(_ fields: FrameFields, in document: JSONDocument) -> Bool {
        if let function = fields.function, document.isString(function, "eval") { return true }
        guard let path = fields.path ?? fields.filename else { return false }
        return document.withText(path) { path in
            Bytes.starts(path, with: "native") || Bytes.starts(path, with: "[native code")
                || Bytes.starts(path, with: "eval") || Bytes.starts(path, with: "<anonymous>")
        } ?? false
    }

    private func isOnURL(_ fields: FrameFields, in document: JSONDocument) -> Bool {
        (fields.path ?? fields.filename).flatMap { document.withText($0, FilePath.isURL) } ?? false
    }
}

extension Bytes {
    static func hasSuffix(_ text: Span<UInt8>, _ suffix: Span<UInt8>) -> Bool {
        guard suffix.count <= text.count else { return false }
        let offset = text.count - suffix.count
        for index in suffix.indices where text[offset + index] != suffix[index] { return false }
        return true
    }
}

extension [UInt8] {
    /// Appends a line without the blanks around it, and one blank for each run of them within.
    fileprivate mutating func append(foldingBlanks line: Span<UInt8>) {
        let start = count
        var isBlank = false
        for index in line.indices {
            if line[index] <= 0x20 {
                isBlank = count > start
            } else {
                if isBlank { append(0x20) }
                append(line[index])
                isBlank = false
            }
        }
    }
}
