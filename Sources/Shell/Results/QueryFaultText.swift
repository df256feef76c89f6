import Diagnostics
import Investigation
import KQL

/// Why a query was refused: what is wrong, the line with the words at fault, and what to write instead.
struct QueryFaultText {
    let fault: QueryFault
    let screen: Screen

    init(_ fault: QueryFault, screen: Screen) {
        self.fault = fault
        self.screen = screen
    }

    private static let indent = "  "

    var lines: [String] {
        let (line, _) = fault.fault.span.place(in: fault.text)
        let namesLine = fault.text.utf8.contains(UInt8(ascii: "\n")) && !fault.isPredicate
        let place = namesLine && hasPlace ? " in line \(line)" : ""
        let words = "error \(fault.fault.code)\(place): \(fault.fault.message.visible)"
        let head = wrap(words, width: screen.width, indent: 0)
        let remedy = fault.fault.suggestion.map { wrap($0.visible, width: screen.width, indent: 2) } ?? []
        return head + (hasPlace ? excerpt : []) + remedy
    }

    /// What fails while it runs has no place in the text.
    private var hasPlace: Bool { fault.fault.span.end > 0 || !fault.fault.code.hasPrefix("RUN") }

    private var excerpt: [String] {
        let excerpt = QueryExcerpt(fault.text, from: fault.fault.span.start, to: fault.fault.span.end)
        let (text, blanks, marks) = excerpt.fitted(to: screen.width - Self.indent.count)
        return [
            Self.indent + text,
            Self.indent + String(repeating: " ", count: blanks)
                + screen.paint(String(repeating: "^", count: marks), .error),
        ]
    }
}

/// The line of a query in which a fault is, in three parts that are safe to show.
struct QueryExcerpt {
    private let before: String, marked: String, after: String

    /// - Parameters:
    ///   - start: The first byte at fault.
    ///   - end: One past the last; what lies on later lines is not shown.
    init(_ query: String, from start: Int, to end: Int) {
        let bytes = Array(query.utf8), newline = UInt8(ascii: "\n")
        let start = min(max(0, start), bytes.count)
        let lineStart = bytes[..<start].lastIndex(of: newline).map { $0 + 1 } ?? 0
        let lineEnd = bytes[start...].firstIndex(of: newline) ?? bytes.count
        let end = min(max(start, end), lineEnd)
        before = Self.visible(bytes[lineStart..<start])
        marked = Self.visible(bytes[start..<end])
        after = Self.visible(bytes[end..<lineEnd])
    }

    private static func visible(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
        // An indented line stays one: a tab is a blank here.
        return text.replacing("\t", with: " ").visible
    }

    /// The line, or the part of it around the fault, with how many columns lie before the marks and how many are
    /// marked.
    func fitted(to width: Int) -> (text: String, blanks: Int, marks: Int) {
        let own = max(1, marked.terminalColumns)
        let marks = min(own, max(1, width / 2))
        let room = max(0, width - marks)
        let behind = min(after.terminalColumns, max(room / 3, room - before.terminalColumns))
        let front = before.end(ofColumns: room - behind)
        let text = front + marked.cut(toColumns: marks) + after.cut(toColumns: behind)
        return (text, front.terminalColumns, marks)
    }
}

extension String {
    /// This text, or as much of its end as fits with a `…` in front of it.
    fileprivate func end(ofColumns limit: Int) -> String {
        guard terminalColumns > limit else { return self }
        var kept: [Character] = [], used = 1
        for character in reversed() {
            used += character.terminalColumns
            if used > limit { break }
            kept.append(character)
        }
        return limit > 0 ? "…" + String(kept.reversed()) : ""
    }
}
