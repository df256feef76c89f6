extension String {
    /// This text with everything that could act on a terminal or mislead the eye written out.
    ///
    /// Control characters, C1 controls, bidirectional marks, zero-width and tag characters become
    /// `\u{1B}` and the like; tabs and newlines become `\t` and `\n`. Nothing from outside is printed
    /// without passing here (threat 5 of the security notes: terminal escape injection).
    public var visible: String {
        guard unicodeScalars.contains(where: \.mustBeWrittenOut) else { return self }
        return writtenOut(keepingNewlines: false)
    }

    /// As ``visible``, but newlines stay: for texts of several lines such as a model's answer.
    public var visibleLines: String {
        guard unicodeScalars.contains(where: \.mustBeWrittenOut) else { return self }
        return writtenOut(keepingNewlines: true)
    }

    /// ``visible``, cut to `limit` characters with a mark where it was cut. A character that carries a heap of
    /// combining marks is cut as well: at most eight scalars a character are shown on average.
    public func visible(limit: Int) -> String {
        let scalars = unicodeScalars.prefix(max(1, limit) * 8)
        let isWhole = scalars.endIndex == unicodeScalars.endIndex
        let text = String(String.UnicodeScalarView(scalars)).visible
        return isWhole && text.count <= limit ? text : text.prefix(max(0, limit - 1)) + "…"
    }

    /// Built as bytes, which is linear; appending to a view of scalars is not.
    private func writtenOut(keepingNewlines: Bool) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count + 16)
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where keepingNewlines: result.append(0x0A)
            case "\n": result += "\\n".utf8
            case "\t": result += "\\t".utf8
            case "\r": result += "\\r".utf8
            case _ where scalar.mustBeWrittenOut:
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".utf8
            default: result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// Whether a terminal might obey this scalar, or a reader not see it.
    var mustBeWrittenOut: Bool {
        switch value {
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x00AD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x3164: true
        case 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: true
        case 0xE0000...0xE0FFF: true
        default: false
        }
    }
}
