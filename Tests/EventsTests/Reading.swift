import Events
import Foundation
import Tables

/// Reads texts as inputs named `a`, `b`, … into a table.
func read(
    _ texts: String..., into table: EventTable = EventTable(), window: TimeWindowRequest? = nil, now: Timestamp? = nil
) async throws -> (table: EventTable, report: IngestReport) {
    let sources = zip("abcdefgh", texts).map { RawBytes(name: String($0), bytes: Array($1.utf8)) }
    return try await EventReader().read(sources, into: table, window: window ?? TimeWindowRequest(), now: now)
}

extension EventTable {
    /// The ids in the order they were read.
    var ids: [String] { (0..<count).map { self[$0].id } }
}

extension IngestReport {
    /// Nothing is lost without being counted.
    var isBalanced: Bool {
        read == accepted + duplicates + rejected + outsideWindow && rejected == problems.count + moreProblems
    }

    /// `file:line:byte message` of each problem.
    var messages: [String] { problems.map { "\($0.file):\($0.line):\($0.byte) \($0.message)" } }
}

/// The test corpus beside the repository; `nil` where it is not there.
let corpus: String? = {
    // #filePath may run through a symbolic link of a build folder.
    let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    let path = tests.appending(path: "../../../shared/corpus").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: path) ? path : nil
}()
