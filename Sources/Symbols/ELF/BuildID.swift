// What tells one build of a program from another.

extension ELFFile {
    /// The number that the linker made of the content; nil when it made none.
    var buildID: [UInt8]? {
        guard let notes = content(of: ".note.gnu.build-id") else { return nil }
        var reader = ByteReader(notes.part(at: 0, count: min(notes.count, Limits.noteBytes)))
        while !reader.isAtEnd, !reader.isBroken {
            let nameSize = reader.offset(bytes: 4)
            let valueSize = reader.offset(bytes: 4)
            let type = reader.number(bytes: 4)
            let isName = nameSize == 4 && reader.number(bytes: 4) == 0x00_55_4E_47
            if !isName { reader.skip(padded(nameSize)) }
            if isName, type == 3, !reader.isBroken {
                let value = notes.part(at: reader.position, count: valueSize)
                return value.count > 0 ? value.array : nil
            }
            reader.skip(padded(valueSize))
        }
        return nil
    }

    private func padded(_ size: Int) -> Int {
        (size + 3) & ~3
    }
}
