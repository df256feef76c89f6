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

    /// ``visible``, cut to `limit` characters with a mark where it was cut.
    public func visible(limit: Int) -> String {
        let text = visible
        return text.count <= limit ? text : text.prefix(max(0, limit - 1)) + "…"
    }

    private func writtenOut(keepingNewlines: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\n" where keepingNewlines: result.append(scalar)
            case "\n": result.append(contentsOf: "\\n".unicodeScalars)
            case "\t": result.append(contentsOf: "\\t".unicodeScalars)
            case "\r": result.append(contentsOf: "\\r".unicodeScalars)
            case _ where scalar.mustBeWrittenOut:
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
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
