extension FieldReference {
    /// Whether one of some texts stands so to one of the other field's.
    func holds(_ texts: [[UInt8]], _ others: [[UInt8]]) -> Bool {
        let texts = isCased ? texts : texts.map { LetterCase.folded($0) }
        let others = isCased ? others : others.map { LetterCase.folded($0) }
        return others.contains { other in
            let search = TextSearch(other)
            return texts.contains { holds($0, search) }
        }
    }

    private func holds(_ text: [UInt8], _ other: TextSearch) -> Bool {
        switch (isOpenBefore, isOpenAfter) {
        case (false, false): text == other.text
        case (false, true): text.starts(with: other.text)
        case (true, false): text.reversed().starts(with: other.text.reversed())
        case (true, true): text.withUnsafeBytes { other.first(in: $0, 0..<$0.count) != nil }
        }
    }
}
