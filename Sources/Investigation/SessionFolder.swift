public import Diagnostics
internal import Foundation
public import JSON
internal import Journal

/// The folder of transcripts.
public struct SessionFolder: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// What `sessions` says of one transcript.
    public struct Entry: Sendable {
        public let name: String
        /// When it began, as its first record says, UTC.
        public let began: String?
        public let records: Int
        public let commands: Int
        /// Whether the chain holds; else where it breaks.
        public let chain: String

        public var json: JSONValue {
            [
                "name": .string(name), "began": JSONValue(began), "records": .integer(Int64(records)),
                "commands": .integer(Int64(commands)), "chain": .string(chain),
            ]
        }
    }

    /// All transcripts, the newest first.
    public func entries() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.compactMap { file -> Entry? in
            guard let saved = try? SavedSession(path: path + "/" + file) else { return nil }
            return Entry(
                name: String(file.dropLast(6)), began: saved.first(.session)?["ts"]?.string, records: saved.records.count,
                commands: saved.records.count { $0["type"]?.string == "command" }, chain: saved.chainFault ?? "whole")
        }.sorted { ($1.began ?? "", $1.name) < ($0.began ?? "", $0.name) }
    }

    /// The file of a session, given its name, a unique beginning of it, or a path.
    public func file(of name: String) throws(Diagnostic) -> String {
        if name.contains("/") || FileManager.default.fileExists(atPath: name) { return name }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".jsonl") }
        if names.contains(name + ".jsonl") { return path + "/" + name + ".jsonl" }
        let matches = names.filter { $0.hasPrefix(name) }
        guard matches.count == 1 else {
            throw Diagnostic(
                matches.isEmpty ? "there is no session `\(name)`" : "`\(name)` is the beginning of \(matches.count) sessions",
                remedy: "`sessions` lists those there are")
        }
        return path + "/" + matches[0]
    }

    /// Opens the transcript of a new or existing session for writing, and takes its lock.
    ///
    /// - Returns: The transcript, whether a torn line was cut off, and whether it is new.
    public func open(_ name: String) async throws -> (transcript: Transcript, wasTorn: Bool, isNew: Bool) {
        try SessionName.check(name)
        try Locations.make(path)
        return try await open(file: path + "/" + name + ".jsonl")
    }

    /// As ``open(_:)``, for a transcript anywhere.
    public func open(file: String) async throws -> (transcript: Transcript, wasTorn: Bool, isNew: Bool) {
        let (journal, torn) = try SealedJournal.open(path: file)
        return (Transcript(journal), torn, await journal.count == 0)
    }
}
