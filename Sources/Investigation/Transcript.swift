public import Diagnostics
public import Foundation
internal import Tables
public import JSON
public import Journal

/// The record of a session as it is written: one chained file, or nothing for commands that leave no trace.
public struct Transcript: Sendable {
    /// The types of record that this version writes (`contract.md`, *Sessions*).
    public enum RecordType: String, Sendable {
        case session, input, command, output, modelCall = "model_call", serviceCall = "service_call", artifact, note, interrupt, error, end
    }

    private let journal: SealedJournal?
    private let wallClock: @Sendable () -> Date

    /// A transcript that is written to `journal`, or nowhere.
    public init(_ journal: SealedJournal?, wallClock: @escaping @Sendable () -> Date = { Date() }) {
        self.journal = journal
        self.wallClock = wallClock
    }

    /// Keeps one record; it is on disk when this returns.
    func append(_ type: RecordType, _ members: [JSONValue.Member]) async throws(Diagnostic) {
        try await append(all: [members], as: type)
    }

    /// Keeps records of one type at once; all of them are on disk when this returns.
    func append(all records: [[JSONValue.Member]], as type: RecordType) async throws(Diagnostic) {
        guard let journal else { return }
        let milliseconds = (wallClock().timeIntervalSince1970 * 1000).rounded()
        let time = Timestamp(ticks: Int64(milliseconds) * (Timestamp.ticksPerSecond / 1000))
        try await journal.append(all: records, type: type.rawValue, time: time.description)
    }

    /// The chain's head, and how many records there are.
    public var head: (hash: String, count: Int)? {
        get async {
            guard let journal else { return nil }
            return (await journal.head, await journal.count)
        }
    }

    /// Where it is kept.
    public var path: String? { journal?.path }
}

/// A session file as it is read: its records in order, and what was not one.
public struct SavedSession: Sendable {
    public let path: String
    /// All lines that are records.
    public let records: [JSONValue]
    /// Lines that were skipped.
    public let problems: [Diagnostic]
    /// The whole chain, or where it breaks.
    public let chain: Result<HashChain, ChainError>

    /// Reads a file. Lines that are no records are skipped and reported.
    public init(path: String) throws(Diagnostic) {
        self.path = path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Diagnostic("there is no session file `\(path)`", remedy: "`sessions` lists those there are")
        }
        let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
            .filter { !$0.element.isEmpty }
            .map { (number: $0.offset + 1, text: Self.text(of: $0.element)) }
        (records, problems) = try JournalFile(path: path).readValues()
        chain = HashChain.verify(lines)
        guard records.contains(where: { $0["type"]?.string == "session" }) else {
            throw Diagnostic(
                "`\(path)` is not a session file: it has no session record", remedy: "`sessions` lists those there are")
        }
    }

    /// A line as it stands; bytes that are not UTF-8 make it empty, so that repairing them cannot hide a change.
    private static func text(of bytes: Data) -> String { String(validating: bytes, as: UTF8.self) ?? "" }

    /// Where the chain breaks, in words; `nil` when it is whole.
    public var chainFault: String? {
        guard case .failure(let error) = chain else { return nil }
        return "the chain is broken at line \(error.place.line): \(error.place.reason)"
    }

    /// The session's name.
    public var name: String { first(.session)?["name"]?.string ?? "session" }

    /// The last commands as they were typed, oldest first.
    public func lastCommands(_ count: Int) -> [String] {
        records.filter { $0["type"]?.string == "command" }.suffix(count)
            .map { ($0["words"]?.strings ?? []).joined(separator: " ") }
    }

    /// The first record of a type.
    func first(_ type: Transcript.RecordType) -> JSONValue? { records.first { $0["type"]?.string == type.rawValue } }
}

extension JournalFile {
    fileprivate func readValues() throws(Diagnostic) -> ([JSONValue], [Diagnostic]) {
        let (records, problems) = try read()
        return (records.map(\.value), problems)
    }
}
