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
        let text = try HostileReport.text("md")
        let bare = text.replacing(/(?ms)^(`{3,})text\n.*?^\1\n/, with: "")
            .replacing(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/, with: "")
        #expect(!bare.contains("<") && !bare.contains("](") && !bare.contains("!["))
        let heads = bare.split(separator: "\n").filter { $0.hasPrefix("#") }
        #expect(!heads.contains { $0.contains("owned heading") && $0.hasPrefix("# owned") })
        for line in bare.split(separator: "\n") where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
    }
}
