// The files that the lines of a unit are in.

/// The names of files and of their folders.
struct FileTable {
    private struct File {
        let name: AttributeValue
        let folder: Int
    }

    private enum Content {
        static let path: UInt64 = 1
        static let folder: UInt64 = 2
    }

    private let sections: DebugSections
    private let bytes: Bytes
    private let encoding: Encoding
    private var folders: [AttributeValue] = []
    private var files: [File] = []

    /// Reads the tables that stand before a program, as far as they are readable.
    init(_ sections: DebugSections, _ encoding: Encoding, _ bytes: Bytes, at offset: Int) {
        self.sections = sections
        self.bytes = bytes
        self.encoding = encoding
        var reader = ByteReader(bytes, at: offset)
        if encoding.version >= 5 {
            folders = readTable(&reader).map(\.name)
            files = readTable(&reader)
        } else {
            readOldTables(&reader)
        }
    }

    /// The form of version 5: what is told of each file stands before the files.
    private func readTable(_ reader: inout ByteReader) -> [File] {
        let fields = (0..<min(Int(reader.byte()), Limits.fileFields)).map { _ in
            (content: reader.variableNumber(), form: UInt16(truncatingIfNeeded: reader.variableNumber()))
        }
        let count = min(reader.variableNumber(), UInt64(Limits.files))
        var files: [File] = []
        while files.count < Int(count), !reader.isBroken, !fields.isEmpty, !reader.isAtEnd {
            var name = AttributeValue.absent
            var folder = 0
            for field in fields {
                let value = Form.read(field.form, encoding, unit: 0, constant: 0, &reader)
                if field.content == Content.path { name = value }
                if field.content == Content.folder { folder = value.number }
            }
            files.append(File(name: name, folder: folder))
        }
        return files
    }

    /// The form before it: names until an empty one; the first folder and file have the number one.
    private mutating func readOldTables(_ reader: inout ByteReader) {
        folders = [.absent]
        while folders.count < Limits.files, let folder = readName(&reader) { folders.append(folder) }
        files = [File(name: .absent, folder: 0)]
        while files.count < Limits.files, let name = readName(&reader) {
            let folder = reader.variableNumber()
            reader.skipVariableNumber()
            reader.skipVariableNumber()
            files.append(File(name: name, folder: Int(truncatingIfNeeded: folder)))
        }
    }

    private func readName(_ reader: inout ByteReader) -> AttributeValue? {
        let start = reader.position
        reader.skipText()
        return reader.isBroken || reader.position == start + 1 ? nil : .inlineText(start)
    }

    /// The path of a file by its number.
    func path(_ number: Int, _ unit: Unit) -> String? {
        guard files.indices.contains(number), let name = text(files[number].name, unit), !name.isEmpty else {
            return nil
        }
        if name.hasPrefix("/") { return name }
        let number = files[number].folder
        let folder = folders.indices.contains(number) ? text(folders[number], unit) : nil
        let root =
            (encoding.version >= 5 ? folders.first.flatMap { text($0, unit) } : nil)
            ?? sections.text(unit.folder, unit)
        return [root, number == 0 && encoding.version >= 5 ? nil : folder, name].compactMap { $0 }
            .filter { !$0.isEmpty }.reduce("") { path, part in
                part.hasPrefix("/") || path.isEmpty ? part : path + (path.hasSuffix("/") ? "" : "/") + part
            }
    }

    private func text(_ value: AttributeValue, _ unit: Unit) -> String? {
        if case .inlineText(let offset) = value { return bytes.text(at: offset) }
        return sections.text(value, unit)
    }
}
