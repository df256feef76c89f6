internal import Diagnostics

/// Turns an input that is not plain text into a spool file that is.
struct InputDecoding {
    /// What the user calls the input.
    let name: String
    let limits: SpoolLimits
    let progress: SpoolSource.Progress

    /// The decoded input.
    struct Text: ~Copyable {
        let spool: SpoolFile
        /// Size and digest of the file that it was made from.
        let original: (count: Int, sha256: String)
        /// What was lost.
        let fault: String?
    }

    /// Gzip within gzip is read, once: some collectors compress what is compressed already.
    private static let gzipLevels = 2

    /// The text in a file; `nil` when the file is text itself.
    ///
    /// - Throws: When the file is of a kind that is not read, grows beyond a limit, or the task was cancelled.
    func decode(_ file: borrowing OpenFile) throws(Diagnostic) -> Text? {
        var kind = InputKind(head: file.head(InputKind.headSize))
        guard var text = try decode(file.descriptor, file.count, as: kind) else { return nil }
        var level = 1
        while kind == .gzip {
            kind = InputKind(head: text.spool.head(InputKind.headSize))
            level += 1
            guard kind != .gzip || level <= Self.gzipLevels else { throw tooDeep }
            guard let inner = try decode(text.spool.descriptor, text.spool.count, as: kind, of: text.original.count)
            else { break }
            // A fault outside is the cause of the one that it brings about inside.
            let fault = text.fault ?? inner.fault
            text = Text(spool: inner.spool, original: text.original, fault: fault)
        }
        return text
    }

    /// - Parameter original: The size of the file on disk, when this is something within it.
    private func decode(
        _ descriptor: Int32, _ total: Int, as kind: InputKind, of original: Int? = nil
    ) throws(Diagnostic) -> Text? {
        switch kind {
        case .text: return nil
        case .foreign(let format):
            throw Diagnostic("`\(name)` is \(format.name), which is not read", remedy: format.remedy)
        case .gzip: return try inflate(source(descriptor, total, isWithin: original != nil), of: original)
        case .utf16(let isBigEndian):
            return try transcode(
                source(descriptor, total, isWithin: original != nil), UTF16Decoder(isBigEndian: isBigEndian))
        }
    }

    private func source(_ descriptor: Int32, _ total: Int, isWithin: Bool) -> SpoolSource {
        // What lies within another was counted already.
        let silent: SpoolSource.Progress = { _, _ in }
        return SpoolSource(descriptor: descriptor, name: name, total: total, progress: isWithin ? silent : progress)
    }

    private func inflate(_ source: consuming SpoolSource, of original: Int?) throws(Diagnostic) -> Text {
        var spool = try SpoolFile(for: name, limits: limits)
        var decoder = try GzipDecoder(name: name)
        while true {
            let start = source.done
            let bytes = try source.next()
            guard !bytes.isEmpty else { break }
            let allowed = max(limits.ratioFloor, limits.ratio * (original ?? source.done))
            try decoder.decode(bytes, at: start, into: &spool, allowed: allowed)
        }
        let fault = decoder.fault(atEnd: source.done)
        return Text(spool: spool, original: source.finish(), fault: fault)
    }

    private func transcode(
        _ source: consuming SpoolSource, _ decoder: consuming UTF16Decoder
    ) throws(Diagnostic) -> Text {
        var spool = try SpoolFile(for: name, limits: limits)
        var output: [UInt8] = []
        while true {
            let bytes = try source.next()
            guard !bytes.isEmpty else { break }
            decoder.decode(bytes, into: &output)
            try spool.write(output)
            output.removeAll(keepingCapacity: true)
        }
        decoder.finish(into: &output)
        try spool.write(output)
        return Text(spool: spool, original: source.finish(), fault: nil)
    }

    private var tooDeep: Diagnostic {
        Diagnostic(
            "`\(name)` is gzip within gzip within gzip, which is not read",
            remedy: "Decompress it yourself (`gzip -dc FILE`), and name the result")
    }
}
