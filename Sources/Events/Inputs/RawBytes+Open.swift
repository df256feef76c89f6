public import Diagnostics

extension RawBytes {
    /// A file, made readable: gzip is inflated, UTF-16 with a byte-order mark becomes UTF-8, all else is mapped as it
    /// lies. What it is, is told by its first bytes.
    ///
    /// What is inflated goes to a temporary file without a name, mode 0600, in `$TMPDIR`, `/var/tmp` or `/tmp`. All
    /// members of a gzip file are read, their checksums compared, and zeros after the last one passed over. A fault
    /// in it ends the reading: what came before is kept, and ``problems`` says where and why. Takes about three
    /// seconds per gigabyte that comes out, and next to no memory.
    ///
    /// - Parameters:
    ///   - name: What to call it in messages, when that is not its path.
    ///   - progress: Told the bytes of the compressed file that are done, and their number, from time to time.
    /// - Throws: When there is no such file or it cannot be read; when it is of a kind that is not read (the remedy
    ///   says how to convert it); when it grows beyond 64 GiB, the free room, or a thousandfold; when it is gzip three
    ///   times over; of kind `interrupted` when the task is cancelled.
    public static func open(
        path: String, name: String? = nil,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(Diagnostic) -> RawBytes {
        try open(path: path, name: name, limits: SpoolLimits(), progress: progress)
    }

    /// The same, within other limits.
    static func open(
        path: String, name: String? = nil, limits: SpoolLimits, progress: @escaping SpoolSource.Progress = { _, _ in }
    ) throws(Diagnostic) -> RawBytes {
        let file = try OpenFile(path: path), name = name ?? path
        let decoding = InputDecoding(name: name, limits: limits, progress: progress)
        guard let text = try decoding.decode(file) else { return try RawBytes(file, name: name) }
        return try RawBytes(text, name: name)
    }

    private convenience init(_ text: borrowing InputDecoding.Text, name: String) throws(Diagnostic) {
        let count = text.spool.count
        let contents = try FileContents(text.spool.descriptor, count: count, name: name, identity: nil)
        let problems = text.fault.map { [Problem(byte: count, message: $0)] } ?? []
        self.init(name: name, contents, original: text.original, problems: problems)
    }
}
