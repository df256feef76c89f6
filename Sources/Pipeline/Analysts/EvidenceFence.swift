public import JSON

/// Puts data from logs into a prompt so that it can only be read as data.
public enum EvidenceFence {
    /// A value as JSON between two lines that hold a word nobody could know beforehand.
    ///
    /// Within it `<`, backticks and `[INST` are written as JSON escapes: some servers read such marks in a user's text
    /// as the start of another speaker's turn.
    public static func block(_ json: JSONValue, nonce: String) -> String {
        // By scalars: as characters, a mark with a combining accent behind it would be another one and slip through.
        let marks = [("<", "\\u003c"), ("`", "\\u0060"), ("[INST", "\\u005bINST"), ("[/INST", "\\u005b/INST")]
        let text = marks.reduce(json.text) { text, mark in
            let scalars = text.unicodeScalars.replacing(mark.0.unicodeScalars, with: mark.1.unicodeScalars)
            return String(String.UnicodeScalarView(scalars))
        }
        var nonce = nonce
        while text.contains(nonce) { nonce += "x" }
        return "BEGIN EVIDENCE \(nonce)\n\(text)\nEND EVIDENCE \(nonce)"
    }
}
