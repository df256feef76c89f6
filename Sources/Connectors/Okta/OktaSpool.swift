internal import Diagnostics
public import HTTP
internal import Synchronization
internal import Tables

/// A file that fetched events are written to, one a line, before anything else is done with them.
///
/// The file `okta-<UTC time>-<8 hexadecimal digits>.ndjson` has mode 0600 and appears with the first event. A page is
/// on disk before its checkpoint is; so a crash in between costs a repeated page and no event.
///
/// ```swift
/// let spool = OktaSpool(folder: "data/events")
/// let report = await log.fetch(query, spool: spool)
/// ```
public final class OktaSpool: Sendable {
    /// Where the file is, or will be.
    public let folder: String
    private let clock: RetryClock
    private let suffix: @Sendable () -> String
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var file: PrivateFile?
        var path: String?
        var length = 0
    }

    /// A spool; nothing is created before the first event.
    ///
    /// - Parameters:
    ///   - folder: Made, for its owner alone, where it does not exist; its parent must.
    ///   - clock: Names the file; tests pass their own.
    ///   - suffix: What keeps two files of one second apart.
    public init(
        folder: String, clock: RetryClock = .system,
        suffix: @escaping @Sendable () -> String = { OktaSpool.randomSuffix() }
    ) {
        self.folder = folder
        self.clock = clock
        self.suffix = suffix
    }

    /// The file, once there is one.
    public var path: String? { state.withLock { $0.path } }

    /// Eight hexadecimal digits.
    public static func randomSuffix() -> String {
        let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Appends events, each as one line, and waits until they are on disk. All of them or none.
    func append(_ events: [[UInt8]]) throws(Diagnostic) {
        guard !events.isEmpty else { return }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(events.reduce(0) { $0 + $1.count + 1 })
        for event in events {
            // An event is valid JSON, so a line break in it stands between values, where a space means the same.
            bytes += event.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
            bytes.append(0x0A)
        }
        let outcome = state.withLock { state in
            Result { () throws(Diagnostic) in try self.write(bytes, &state) }
        }
        try outcome.get()
    }

    private func write(_ bytes: [UInt8], _ state: inout State) throws(Diagnostic) {
        if state.file == nil {
            try PrivateFile.makeFolder(folder)
            let path = folder + "/" + fileName
            state.file = try PrivateFile(creating: path)
            state.path = path
            PrivateFile.settle(folderOf: path)
        }
        do {
            try state.file?.write(bytes)
        } catch {
            // Half a line would be joined by the next one.
            state.file?.cut(to: state.length)
            throw error
        }
        state.length += bytes.count
    }

    private var fileName: String { Self.prefix + Self.stamp(clock.now()) + "-" + suffix() + Self.ending }

    static let prefix = "okta-", ending = ".ndjson"

    /// A time as names have it: `20261121T153208Z`.
    static func stamp(_ seconds: Int) -> String {
        Timestamp(seconds: Double(seconds)).description.filter { $0 != "-" && $0 != ":" }
    }

    /// How far the file is written: what a checkpoint remembers.
    var mark: OktaCheckpoint.Mark? {
        state.withLock { state in
            guard let path = state.path, let name = path.split(separator: "/").last else { return nil }
            return OktaCheckpoint.Mark(file: String(name), length: state.length)
        }
    }
}
