internal import Diagnostics
internal import JSON

/// System Log filters as JSON, one a line: `{"file": …, "title": …, "engine": …, "filter": …}`.
///
/// A rule's id is `file` without its extension.
enum FilterLines {
    /// Whether a text is of this kind: its first character is a brace.
    static func recognises(_ bytes: [UInt8]) -> Bool {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }

    /// The rule of each line, or why it is none.
    static func read(_ text: RuleText) -> [Result<Rule, Diagnostic>] {
        var results: [Result<Rule, Diagnostic>] = [], number = 0
        for line in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
            let place = Place(file: text.name, line: number)
            results.append(
                Result { () throws(Diagnostic) in
                    do throws(Diagnostic) { return try rule(Array(line), place) } catch {
                        throw Diagnostic(error.problem, remedy: error.remedy, kind: error.kind, at: place)
                    }
                })
        }
        return results
    }

    private static func rule(_ line: [UInt8], _ place: Place) throws(Diagnostic) -> Rule {
        let object = try JSONValue(parsing: line)
        guard let filter = object["filter"]?.string, let file = object["file"]?.string, !file.isEmpty else {
            throw Diagnostic(
                "the line has no `file` and `filter`", remedy: "Write `{\"file\": …, \"title\": …, \"filter\": …}`")
        }
        let id = RuleText(name: file, bytes: []).stem
        let details = RuleDetails(id: id, title: object["title"]?.string ?? id, place: place)
        return details.rule(try SystemLogFilter.predicate(filter))
    }
}
