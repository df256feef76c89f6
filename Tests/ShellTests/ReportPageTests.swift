import Foundation
import Testing

@testable import Shell

@Suite("A report in HTML is one file that nothing gets out of, or into")
struct ReportPageTests {
    @Test func isWellFormedAndSelfContained() throws {
        let page = try HostileReport.text("html")
        let seen = Page(page)
        #expect(seen.fault == nil)
        #expect(seen.forbidden.isEmpty, "\(seen.forbidden)")
        #expect(seen.policy == "default-src 'none'; style-src 'unsafe-inline'")
        #expect(!page.lowercased().contains("<script") && !page.contains("url(") && !page.contains("@import"))
    }

    @Test("Text of the log stands there letter by letter", arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "</td></table><h1>owned</h1>",
        "javascript:alert(3)", "![x](http://evil.example/x.png)",
    ])
    func keepsWhatTheLogSays(text: String) throws { #expect(Page(try HostileReport.text("html")).words.contains(text)) }

    @Test("What hides is written out, in every format", arguments: ["md", "html", "json"])
    func showsWhatHides(format: String) throws {
        let text = try HostileReport.text(format)
        let hidden = text.unicodeScalars.filter { scalar in
            scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
                || [0x202E, 0x200B, 0x2066].contains(scalar.value)
        }
        #expect(hidden.isEmpty)
        #expect(text.contains(format == "json" ? "\\u202e" : "\\u{202E}"))
    }

    @Test("In Markdown the log makes no heading, link, image, table or HTML")
    func markdown() throws {
        let text = try HostileReport.text("md").replacing(/(?ms)^(`{3,})text\n.*?^\1\n/, with: "")
        let lines = text.split(separator: "\n").map(Self.withoutCode)
        for mark in ["<", "](", "![", "$x$"] { #expect(!lines.contains { $0.contains(mark) }, "\(mark)") }
        #expect(lines.filter { $0.hasPrefix("## ") } == Self.sections)
        #expect(!lines.contains { $0.hasPrefix("---") || $0.hasPrefix("===") || $0.hasPrefix("    ") })
        for line in lines where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
    }

    private static let sections = [
        "## Summary", "## Incidents", "## The log", "## Incidents in full", "## Findings that made no incident",
        "## Notes",
    ]

    /// A line of Markdown without what is escaped, and without code: it goes from a run of marks to the next such run.
    private static func withoutCode(_ line: Substring) -> String {
        var rest = line, result = ""
        while let character = rest.first {
            let run = rest.prefix { $0 == "`" }
            if character == "\\" {
                rest = rest.dropFirst(2)
            } else if run.isEmpty {
                result.append(character)
                rest = rest.dropFirst()
            } else {
                rest = rest.dropFirst(run.count)
                rest = end(of: run.count, in: rest) ?? rest
            }
        }
        return result
    }

    /// What follows the next run of so many marks.
    private static func end(of length: Int, in text: Substring) -> Substring? {
        var rest = text
        while !rest.isEmpty {
            rest = rest.drop { $0 != "`" }
            let run = rest.prefix { $0 == "`" }
            rest = rest.dropFirst(run.count)
            if run.count == length { return rest }
        }
        return nil
    }
}
