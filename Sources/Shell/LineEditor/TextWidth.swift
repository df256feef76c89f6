extension String {
    /// The columns this text takes on a terminal: two for East Asian wide characters and emoji, none for
    /// combining marks. Does not depend on the locale; the text must hold no control characters.
    var terminalColumns: Int { reduce(0) { $0 + $1.terminalColumns } }

    /// This text with blanks to fill `columns`.
    func padded(toColumns columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - terminalColumns))
    }
}

extension Character {
    /// See ``Swift/String/terminalColumns``; a cluster is as wide as its widest scalar.
    var terminalColumns: Int { unicodeScalars.map(\.terminalColumns).max() ?? 0 }
}

extension Unicode.Scalar {
    fileprivate var terminalColumns: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide ? 2 : 1
        }
    }

    /// The blocks that are wide or full-width in Unicode's East Asian Width table.
    private var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF: true
        case 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F: true
        case 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x20000...0x3FFFD: true
        default: properties.isEmojiPresentation
        }
    }
}
