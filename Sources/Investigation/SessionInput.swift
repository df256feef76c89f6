internal import Diagnostics
internal import Events
internal import Foundation
internal import JSON

/// An input that is open for reading.
struct SessionInput: Sendable {
    /// As the user named it, or as it was found in a folder.
    let name: String
    let path: String
    let source: RawBytes
    /// Whether it could be opened; what could not be counts as one loss.
    let isReadable: Bool
    /// The byte before which an earlier reading stopped; `nil` when it reached the end.
    let readTo: Int?

    /// A file to be opened.
    struct Place: Sendable {
        let path: String
        /// Whether the user named the file itself: then it must be readable.
        let isNamed: Bool
    }

    /// Opens files, on all cores since some have to be decompressed; their order is kept.
    ///
    /// - Parameter progress: Told how many bytes of the files are done, of how many, while one is decompressed.
    static func open(
        _ places: [Place], progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> [SessionInput] {
        let meter = OpeningMeter(places.map(\.path), report: progress)
        var inputs = [SessionInput?](repeating: nil, count: places.count)
        try await withThrowingTaskGroup(of: (Int, SessionInput).self) { group in
            var next = 0
            while next < min(places.count, ProcessInfo.processInfo.activeProcessorCount) {
                addTask(next)
                next += 1
            }
            while let (index, input) = try await group.next() {
                inputs[index] = input
                if next < places.count { addTask(next) }
                next += 1
            }
            func addTask(_ index: Int) {
                group.addTask {
                    defer { meter.finish(index) }
                    return (index, try open(places[index]) { done, _ in meter.advance(index, to: done) })
                }
            }
        }
        return inputs.compactMap { $0 }
    }

    private static func open(
        _ place: Place, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) throws(Diagnostic) -> SessionInput {
        try open(name: place.path, path: place.path, mustBeReadable: place.isNamed, readTo: nil, progress: progress)
    }

    /// The input of a record.
    static func open(_ record: InputRecord) throws(Diagnostic) -> SessionInput {
        try open(
            name: record.name, path: record.presentPath, mustBeReadable: record.sha256 != nil, readTo: record.readTo)
    }

    private static func open(
        name: String, path: String, mustBeReadable: Bool, readTo: Int?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(Diagnostic) -> SessionInput {
        do {
            let source = try RawBytes.open(path: path, name: name, progress: progress)
            return SessionInput(name: name, path: path, source: source, isReadable: true, readTo: readTo)
        } catch where !mustBeReadable && error.kind != .interrupted {
            let lost = RawBytes.lost(name: name, because: "cannot be read: " + error.problem)
            return SessionInput(name: name, path: path, source: lost, isReadable: false, readTo: readTo)
        }
    }

    /// What the transcript keeps of it.
    func record(readTo: Int?, sha256: String) -> InputRecord {
        InputRecord(
            name: name, path: URL(filePath: path).standardizedFileURL.path, size: source.originalCount,
            sha256: isReadable ? sha256 : nil, readTo: readTo)
    }
}

/// What the transcript keeps of an input.
struct InputRecord {
    let name: String
    /// Absolute.
    let path: String
    /// In bytes, on disk.
    let size: Int
    /// Of the file as it lies on disk, or, when reading was interrupted, of what was read of it; `nil` for a file that
    /// could not be opened.
    let sha256: String?
    /// The byte, in the decompressed input, before which reading was interrupted.
    let readTo: Int?

    init(name: String, path: String, size: Int, sha256: String?, readTo: Int?) {
        self.name = name
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.readTo = readTo
    }

    /// The record of a whole file. Reads all of it.
    init(file: String) throws(Diagnostic) {
        let source = try RawBytes.open(path: file)
        self.init(
            name: file, path: URL(filePath: file).standardizedFileURL.path, size: source.originalCount,
            sha256: source.sha256, readTo: nil)
    }

    /// Reads an `input` record; `nil` when it is of another type or lacks what it needs.
    init?(_ record: JSONValue) {
        guard record["type"]?.string == "input", let name = record["name"]?.string, let path = record["path"]?.string
        else { return nil }
        self.init(
            name: name, path: path, size: Int(record["size"]?.integer ?? 0), sha256: record["sha256"]?.string,
            readTo: record["read_to"]?.integer.map(Int.init))
    }

    var members: [JSONValue.Member] {
        let stop = readTo.map { JSONValue.Member("read_to", .integer(Int64($0))) }
        return [
            JSONValue.Member("name", .string(name)), JSONValue.Member("path", .string(path)),
            JSONValue.Member("size", .integer(Int64(size))), JSONValue.Member("sha256", JSONValue(sha256)),
        ] + [stop].compactMap { $0 }
    }

    /// Where it lies now: its path or, where that is gone, its name.
    var presentPath: String { FileManager.default.fileExists(atPath: path) ? path : name }

    /// What has become of the input since; `nil` when it is as it was. Decompresses only what was read in part.
    var change: String? {
        guard let sha256 else { return nil }
        guard let now = try? presentDigest() else { return "the input \(name) is gone" }
        return now == sha256 ? nil : "the input \(name) has changed since"
    }

    /// What ``sha256`` would be, were it made now.
    private func presentDigest() throws(Diagnostic) -> String {
        guard let readTo else { return try RawBytes(path: presentPath).sha256 }
        return try SessionInput.open(self).source.sha256(upTo: readTo)
    }
}
