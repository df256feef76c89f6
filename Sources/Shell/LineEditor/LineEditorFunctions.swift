import CEditline

/// What our own keys do. Each answers with libedit's code for how to redraw.
extension LineEditor {
    /// Tab.
    func complete() -> UInt8 {
        guard isCompleting, let request = request else { return UInt8(CC_REFRESH_BEEP) }
        switch CompletionStep(completer(request), for: request) {
        case .nothing:
            return UInt8(CC_REFRESH_BEEP)
        case .insert(let text, let removed):
            el_deletestr(editLine, Int32(removed))
            return insert(text)
        case .list(let candidates):
            let clear = terminal.isDumb ? "\n" : "\n\u{1B}[J"
            show(clear + CandidateList.text(candidates, width: terminal.width))
            _ = editline_redraw(editLine)
            return UInt8(CC_NORM)
        }
    }

    /// Alt-Enter.
    func insertNewline() -> UInt8 { insert("\n") }

    /// What follows `ESC[200~`, up to `ESC[201~`, with its line breaks.
    func paste() -> UInt8 {
        var text = "", character: wchar_t = 0
        while !text.hasSuffix(Paste.end), el_wgetc(editLine, &character) == 1 {
            UInt32(exactly: character).flatMap(Unicode.Scalar.init).map { text.unicodeScalars.append($0) }
        }
        return insert(Paste.clean(text))
    }

    private func insert(_ text: String) -> UInt8 {
        if text.isEmpty { return UInt8(CC_REFRESH) }
        return el_winsertstr(editLine, WideText.encode(text)) == 0 ? UInt8(CC_REFRESH) : UInt8(CC_REFRESH_BEEP)
    }

    /// The line and the cursor as they are.
    private var request: CompletionRequest? {
        guard let info = el_wline(editLine)?.pointee, let start = info.buffer else { return nil }
        let line = WideText.decode(UnsafeBufferPointer(start: start, count: info.lastchar - start))
        let before = WideText.decode(UnsafeBufferPointer(start: start, count: info.cursor - start))
        return CompletionRequest(line: line, cursor: before.count)
    }
}

/// Pasted text.
enum Paste {
    static let end = "\u{1B}[201~"

    /// The text without its end mark, with newlines as line breaks, without those at its end and without
    /// control characters: a paste must not press keys.
    static func clean(_ text: String) -> String {
        let body = text.hasSuffix(end) ? text.dropLast(end.count) : Substring(text)
        var scalars = String.UnicodeScalarView()
        for scalar in body.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\n", "\r": scalars.append("\n")
            case "\t": scalars.append(" ")
            default: if scalar.properties.generalCategory != .control { scalars.append(scalar) }
            }
        }
        while scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }
}
