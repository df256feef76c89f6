public import Diagnostics
public import JSON

/// Finds the JSON in what a model wrote.
public enum ReplyJSON {
    /// The object in a text that may think first, wrap it in a code fence, or talk before and after it.
    ///
    /// A leading `<think>…</think>` is passed over; then everything from the first `{` to its matching `}` is
    /// read strictly.
    ///
    /// - Throws: A `Diagnostic` that says what is wrong, in words a model can act on.
    public static func salvage(_ text: String) throws(Diagnostic) -> JSONValue {
        let bytes = Array(ThinkSplitter.split(text).visible.utf8)
        guard let start = bytes.firstIndex(of: UInt8(ascii: "{")) else {
            throw unusable("holds no JSON object")
        }
        guard let end = closingBrace(in: bytes[start...]) else {
            throw unusable("holds a JSON object that does not end")
        }
        do {
            return try JSONValue(parsing: Array(bytes[start...end]))
        } catch {
            throw unusable("is not valid JSON: \(error.problem)")
        }
    }

    private static func closingBrace(in bytes: ArraySlice<UInt8>) -> Int? {
        var depth = 0, inString = false, isEscaped = false
        for (index, byte) in zip(bytes.indices, bytes) {
            if isEscaped {
                isEscaped = false
            } else if inString {
                isEscaped = byte == UInt8(ascii: "\\")
                inString = byte != UInt8(ascii: "\"")
            } else if byte == UInt8(ascii: "\"") {
                inString = true
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    private static func unusable(_ reason: String) -> Diagnostic {
        Diagnostic("the model's reply \(reason)", remedy: "Ask again, or use another model", kind: .unavailable)
    }
}
