// What a part of a form says about itself.

/// The header lines of one part.
struct MultipartHeader: Hashable, Sendable {
    /// The name of the field; empty when the part names none.
    var name = ""
    /// The name of the file; nil for a field that is no file.
    var filename: String?
    var contentType: String?

    init(name: String = "", filename: String? = nil, contentType: String? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }

    /// Reads header lines; what cannot be read is left out.
    init(lines: [UInt8]) {
        for line in String(decoding: lines, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            switch line[..<colon].lowercased() {
            case "content-type": contentType = String(value)
            case "content-disposition":
                let parameters = HeaderParameters(String(value))
                name = parameters["name"] ?? ""
                filename = parameters["filename"]
            default: continue
            }
        }
    }
}

/// The parameters behind the first word of a header, such as `form-data; name="a"; filename="b"`.
struct HeaderParameters {
    private var values: [String: String] = [:]

    /// The value of a parameter, without quotes.
    subscript(name: String) -> String? { values[name] }

    init(_ header: String) {
        var rest = header.drop { $0 != ";" }
        while let semicolon = rest.first, semicolon == ";", values.count < 16 {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let value = Self.takeValue(&rest)
            add(name.lowercased(), value)
            rest = rest.drop { $0 != ";" }
        }
    }

    /// `filename*=UTF-8''…` says it better than `filename`.
    private mutating func add(_ name: String, _ value: String) {
        guard name.hasSuffix("*") else {
            if values[name] == nil { values[name] = value }
            return
        }
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return }
        values[String(name.dropLast())] = FormFields.percentDecoded(parts[2])
    }

    private static func takeValue(_ rest: inout Substring) -> String {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != ";" }
            rest = rest.dropFirst(value.count)
            return value.trimmingSuffix(while: { $0 == " " || $0 == "\t" })
        }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            // A backslash escapes quotes; elsewhere it belongs to a path of Windows.
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return value
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isLeftOut: (Character) -> Bool) -> String {
        var rest = self
        while rest.last.map(isLeftOut) == true { rest.removeLast() }
        return String(rest)
    }
}
