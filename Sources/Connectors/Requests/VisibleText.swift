internal import Diagnostics

extension String {
    /// Text from outside for one line of a message: whatever acts or misleads is written out, and the line is cut.
    ///
    /// - Parameter limit: As in ``cut(to:escape:)``. Linear in it, whatever the text's length.
    func oneLine(_ limit: Int, rewrite: (String) -> String = { $0 }, escape: (Unicode.Scalar) -> String? = { _ in nil })
        -> String
    {
        // One scalar more than can be needed, so that the cut is seen. No rewriting makes a text shorter.
        let start = String(String.UnicodeScalarView(unicodeScalars.prefix(limit + 1)))
        return rewrite(start.visible).cut(to: limit, escape: escape)
    }

    /// This text, escaped, in at most `limit` UTF-16 units, the ellipsis included.
    ///
    /// UTF-16, because services do not say what they count, and no usual count is larger; an escape is never cut.
    private func cut(to limit: Int, escape: (Unicode.Scalar) -> String?) -> String {
        var kept = "", count = 0, ending = ""
        for scalar in unicodeScalars {
            let piece = escape(scalar) ?? String(scalar)
            count += piece.utf16.count
            if count > limit { return kept + "…" }
            // What may have to make room for the ellipsis waits.
            ending += piece
            if count < limit {
                kept += ending
                ending = ""
            }
        }
        return kept + ending
    }
}
