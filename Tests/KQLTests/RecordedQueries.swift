import Foundation
import JSON
import Testing

/// A query that the real engine has answered or refused.
struct RecordedQuery: Sendable, CustomTestStringConvertible {
    let id: String
    let query: String
    /// The engine's code of a refusal, `SYN0002`; `nil` for answers and where only the refusal is known.
    let code: String?
    let message: String?

    var testDescription: String { id }
}

/// The recorded queries beside the repository; empty where they are not there.
enum RecordedQueries {
    static let answered = read("cases.ndjson")
    static let refused = read("rejects.ndjson")

    private static func read(_ file: String) -> [RecordedQuery] {
        // #filePath may run through a symbolic link of a build folder.
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let url = tests.appending(path: "../../../shared/kql/\(file)").standardizedFileURL
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let row = try? JSONValue(parsing: String(line)), let id = row["id"]?.string,
                let query = row["query"]?.string
            else { return nil }
            return RecordedQuery(id: id, query: query, code: row["code"]?.string, message: row["message"]?.string)
        }
    }
}
