// Bytes as `%XX`, where a text must not have them as they are.

extension StringProtocol {
    /// The text with each `%XX` replaced by its byte; what is not of that form stays as it is.
    var percentDecoded: String {
        guard utf8.contains(UInt8(ascii: "%")) else { return String(self) }
        var decoded: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let high = rest.first?.hexDigitValue,
                let low = rest.dropFirst().first?.hexDigitValue
            else {
                decoded.append(byte)
                continue
            }
            decoded.append(high << 4 | low)
            rest = rest.dropFirst(2)
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The text with every byte as `%XX` that is not plain.
    func percentEncoded(except isPlain: (UInt8) -> Bool) -> String {
        var encoded: [UInt8] = []
        for byte in utf8 {
            if isPlain(byte) {
                encoded.append(byte)
            } else {
                encoded.append(UInt8(ascii: "%"))
                encoded.append(contentsOf: [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x37 + $0 })
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
