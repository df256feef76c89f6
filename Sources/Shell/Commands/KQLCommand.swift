import ArgumentParser
import Diagnostics
import Investigation

/// Runs KQL on the local tables.
struct KQLCommand: ShellCommand {
    static let configuration = CommandConfiguration(
        commandName: "kql", abstract: "Query the local tables in Kusto's language.",
        discussion: """
            `kql QUERY`; `kql save NAME` keeps the last query, and `kql @NAME` runs it. The text goes to the end of \
            its line, and over it while a bracket or quote is open and after `|` and `;`. Options stand before it. \
            `show tables` lists the tables; `ingest FILE --as NAME` and `--table NAME=FILE` add NDJSON or CSV. --batch \
            reads `{"id","query"}` a line (`-` is standard input) and writes a line of JSON for each.
            """)
    static let textKind: TextKind? = .restOfLine
    static let leavesTrace = false

    @Option(
        help: ArgumentHelp("Answer the queries of a file of JSON lines, one by one.", valueName: "file"),
        completion: .file())
    var batch: String?
    @Argument(help: ArgumentHelp("The query, `save NAME`, or `@NAME`.", valueName: "query")) var words: [String] = []
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if batch != nil, !words.isEmpty {
            throw ValidationError("--batch takes its queries from the file. Leave out the text.")
        }
        if batch == nil, text.isEmpty { throw ValidationError("Write a query, such as `kql OktaSystemLog | count`.") }
    }

    private var text: String { words.joined(separator: " ") }

    func run(in console: Console) async throws {
        if let batch { return try await console.answerQueries(of: batch, options: global) }
        switch QueryText(text) {
        case .query(let text): try await console.perform(.query(QueryRequest(text)), options: global)
        case .save(let name): try await console.saveQuery(as: name, options: global)
        case .saved(let name):
            let text = try console.savedQueries.text(of: name)
            try await console.perform(.query(QueryRequest(text)), options: global)
        }
    }
}

/// What the text after `kql` means.
enum QueryText: Hashable {
    case query(String)
    /// `save NAME`: two words, which no query has.
    case save(String)
    /// `@NAME`, which is no `@"…"`.
    case saved(String)

    init(_ text: String) {
        let words = text.split { $0.isWhitespace }
        if words.count == 2, words[0] == "save" {
            self = .save(String(words[1]))
        } else if words.count == 1, let name = Self.savedName(words[0]) {
            self = .saved(name)
        } else {
            self = .query(text)
        }
    }

    private static func savedName(_ word: Substring) -> String? {
        let name = word.dropFirst()
        guard word.first == "@", let first = name.first, !"\"'".contains(first) else { return nil }
        return String(name)
    }
}
