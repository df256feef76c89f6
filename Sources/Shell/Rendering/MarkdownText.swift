import Diagnostics
import JSON

/// Records as a GitHub table in which no value can become a link, an image, a mention or any other markup.
enum MarkdownText {
    static func text(_ records: [JSONValue]) -> String { text(RecordGrid(records)) }

    /// - Parameter hasHead: Whether the keys come first; without them these are further rows.
    static func text(_ grid: RecordGrid, hasHead: Bool = true) -> String {
        guard !grid.keys.isEmpty else { return "" }
        let head = hasHead ? [line(grid.keys.map(inline)), line(grid.keys.map { _ in "---" })] : []
        return (head + grid.rows.map { line($0.map { inline($0?.plainText ?? "") }) }).joined()
    }

    private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    /// One line of text that shows as it is, wherever Markdown is read.
    ///
    /// Escapes do not stop renderers from linking bare addresses and references, so text that holds one of
    /// those becomes code.
    static func inline(_ text: String) -> String {
        let text = text.visible
        let lower = text.lowercased()
        let linked = ["@", "#", "://", "www.", "mailto:", "xmpp:"].contains { lower.contains($0) }
        return linked ? code(text) : escaped(text)
    }

    /// Code, with the pipes outside of it: how a table reads `\|` in code differs between renderers.
    static func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        return text.split(separator: "|", omittingEmptySubsequences: false).map { part in
            if part.allSatisfy({ $0 == " " }) { return String(part) }
            let edge = part.first == "`" || part.last == "`" || part.first == " " || part.last == " " ? " " : ""
            return fence + edge + part + edge + fence
        }.joined(separator: "&#124;")
    }

    static func longestRun(of wanted: Character, in text: String) -> Int {
        var longest = 0, run = 0
        for character in text {
            run = character == wanted ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "|": result += "&#124;"
            case "_" where isInsideWord(index, characters): result += "_"
            case _ where "\\`*_[]!~$".contains(character): result += "\\\(character)"
            default: result.append(character)
            }
        }
        return result
    }

    private static func isInsideWord(_ index: Int, _ characters: [Character]) -> Bool {
        guard index > 0, index + 1 < characters.count else { return false }
        return isWordCharacter(characters[index - 1]) && isWordCharacter(characters[index + 1])
    }

    private static func isWordCharacter(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
