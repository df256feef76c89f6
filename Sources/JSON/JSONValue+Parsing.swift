public import Diagnostics

extension JSONValue {
    /// Reads one JSON text (RFC 8259), all of it or nothing.
    ///
    /// Strict: no comments, no trailing commas, no control characters or invalid UTF-8 in strings, no number
    /// beyond a double's range. A lone surrogate written as an escape becomes U+FFFD, and `-0` the whole number 0.
    /// Nesting is limited to ``JSONParser/depthLimit``. Linear in the input.
    ///
    /// - Throws: A `Diagnostic` whose place holds the byte of the fault.
    public init(parsing bytes: [UInt8]) throws(Diagnostic) {
        var outcome: Result<JSONValue, JSONFault> = .failure(JSONFault("is empty", at: 0))
        bytes.withUnsafeBufferPointer { outcome = JSONParser.parse(UnsafeRawBufferPointer($0)) }
        switch outcome {
        case .success(let value): self = value
        case .failure(let fault): throw fault.diagnostic
        }
    }

    /// As ``init(parsing:)-([UInt8])``, for text.
    public init(parsing text: String) throws(Diagnostic) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// Why a text is not JSON, and at which byte, counted from 0.
public struct JSONFault: Error, Hashable, Sendable {
    /// Reads on from "the text …": `ends inside a string`.
    public let reason: String
    /// From the beginning of the text.
    public let byte: Int

    /// - Parameter reason: Reads on from "the text …".
    public init(_ reason: String, at byte: Int) {
        self.reason = reason
        self.byte = byte
    }

    var diagnostic: Diagnostic {
        Diagnostic(
            "the JSON \(reason), at byte \(byte)", remedy: "Mend the text there", at: Place(file: "JSON", byte: byte))
    }
}
