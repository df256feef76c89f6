internal import Diagnostics

/// The documents of a YAML text.
struct YAMLDocuments: Sendable {
    /// Those that could be read, in order.
    private(set) var documents: [YAMLNode] = []
    /// Why the text was not read to its end.
    private(set) var fault: Diagnostic?

    /// Reads a text as far as it can be read. Tags, keys that are there twice, keys that are no scalars and whatever
    /// goes beyond the limits end the reading. Linear in the text.
    init(_ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits()) {
        do throws(Diagnostic) {
            try Self.check(bytes, file: file, limits: limits)
            var outcome: Result<Void, Diagnostic> = .success(())
            bytes.withUnsafeBufferPointer { bytes in
                outcome = Result { () throws(Diagnostic) in
                    var composer = YAMLComposer(events: try YAMLEvents(bytes, file: file), file: file, limits: limits)
                    while let document = try composer.document() { documents.append(document) }
                }
            }
            try outcome.get()
        } catch {
            fault = error
        }
    }

    /// What can be told before parsing.
    private static func check(_ bytes: [UInt8], file: String, limits: YAMLLimits) throws(Diagnostic) {
        guard bytes.count <= limits.size else {
            throw Diagnostic(
                "the file is larger than \(limits.size >> 10) KiB, too large for rules", remedy: "Split it",
                at: Place(file: file))
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Diagnostic("the file is not UTF-8", remedy: "Save it in UTF-8", at: Place(file: file))
        }
        // libyaml compares each tag directive with all before it; no rule has any.
        var line = 1, isLineStart = true
        for index in bytes.indices {
            if isLineStart, bytes[index...].starts(with: "%TAG".utf8) {
                throw Diagnostic("`%TAG` is not read in rules", remedy: "Remove it", at: Place(file: file, line: line))
            }
            isLineStart = bytes[index] == UInt8(ascii: "\n")
            if isLineStart { line += 1 }
        }
    }
}
