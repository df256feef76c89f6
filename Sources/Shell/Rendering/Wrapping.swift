import Diagnostics

/// A text, wrapped between words to at most `width` columns, each line set in by `indent`.
///
/// Control characters are written out, line ends too: a text from a log makes no lines of its own. A text that fits
/// stays as it is; one that does not keeps its own indentation in the lines that follow; a word that is too long is
/// broken.
func wrap(_ text: String, width: Int, indent: Int) -> [String] {
    let room = max(1, width - indent)
    let margin = String(repeating: " ", count: max(0, indent))
    let line = text.visible
    if line.terminalColumns <= room { return line.allSatisfy { $0 == " " } ? [""] : [margin + line] }
    let own = String(line.prefix { $0 == " " }.prefix(room / 2))
    return brokenIntoLines(line, width: room - own.count).map { margin + own + $0 }
}

/// One line of text broken between words into pieces of at most `width` columns; at least one piece.
func brokenIntoLines(_ text: String, width: Int) -> [String] {
    var lines: [String] = [], current = "", used = 0
    for word in text.split(separator: " ") {
        for (index, piece) in word.pieces(ofColumns: width).enumerated() {
            let columns = piece.terminalColumns
            if index == 0, used > 0, used + 1 + columns <= width {
                current += " " + piece
                used += 1 + columns
            } else {
                if used > 0 { lines.append(current) }
                (current, used) = (piece, columns)
            }
        }
    }
    return used > 0 || lines.isEmpty ? lines + [current] : lines
}

extension Substring {
    /// This word in pieces that each fit; a character that is wider than that stands alone.
    fileprivate func pieces(ofColumns width: Int) -> [String] {
        var pieces: [String] = [], current = "", used = 0
        for character in self {
            let columns = character.terminalColumns
            if used + columns > width, !current.isEmpty {
                pieces.append(current)
                (current, used) = ("", 0)
            }
            current.append(character)
            used += columns
        }
        return pieces + [current]
    }
}

extension String {
    /// This text, or as much of its beginning as fits with a `…` behind it.
    func cut(toColumns limit: Int) -> String {
        var result = "", used = 0, rest = self[...]
        while let character = rest.popFirst() {
            let columns = character.terminalColumns
            if used + columns > limit || (used + columns == limit && rest.contains { $0.terminalColumns > 0 }) {
                return limit > 0 ? result + "…" : ""
            }
            result.append(character)
            used += columns
        }
        return result
    }
}
