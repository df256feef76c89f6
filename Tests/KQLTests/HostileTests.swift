import Diagnostics
import Testing

@testable import KQL

@Suite("Hostile queries are refused or read, and never cost more than large ones")
struct HostileTests {
    @Test(
        "Nesting beyond the limit",
        arguments: [
            ("print ", "(", "1", ")"), ("print ", "f(", "1", ")"), ("print ", "-(", "1", ")"),
            ("print a", "[b", "", "]"),
            ("print dynamic(", "[", "", "]"), ("print dynamic(", "{\"a\":", "1", "}"),
            ("print dynamic(", "dynamic(", "1", ")"),
            ("", "union (", "T", ")"), ("", "toscalar(", "T", ")"),
            ("T | mv-apply a on ", "(mv-apply a on ", "(take 1)", ")"),
            ("let f = ", "() { let g = ", "1", "; g }"), ("T | where a in ", "(b in ", "(1)", ")"),
            ("T", " | join (T", "", ") on a"),
            ("T | where a ", "between (b .. c ", "", ")"),
            ("T | partition by a ", "{ T | partition by a ", "(take 1)", " }"),
            ("T | fork ", "(fork ", "(take 1)", ")"), ("", "macro-expand T as X (", "T", ")"),
        ])
    func nesting(start: String, open: String, middle: String, close: String) throws {
        func query(_ depth: Int) -> String {
            start + String(repeating: open, count: depth) + middle + String(repeating: close, count: depth)
                + (start.hasSuffix("dynamic(") ? ")" : "") + (start.hasPrefix("let") ? "; T" : "")
        }
        #expect(try Query.parse(Query.parse(query(20)).description).statements.count > 0)
        let fault = try #require(throws: KQLFault.self) { try Query.parse(query(20_000)) }
        #expect(fault.message == "the query is nested more than 250 levels deep")
        #expect(fault.code.hasPrefix("SYN"))
    }

    @Test("A query just inside the limit is read, printed and let go")
    func deepest() throws {
        let depth = 120
        let query = try Query.parse(
            "print " + String(repeating: "f(1 + (", count: depth) + "1" + String(repeating: "))", count: depth))
        #expect(throws: Never.self) { try Query.parse(query.description) }
    }

    @Test(
        "Texts that repeat one thing",
        arguments: [
            "(", ")", "[", "{", "\"", "'", "@\"", "```", "~~~", "\\", "!", "-", "--", "*", "|", "| ", ",", ";", ".",
            "..", "/", "// x\n", "a ", "a.", "a[",
            "1", "1 ", "1e", "0x", "datetime(", "int(x)", "h\"", "\u{0}", "\u{FEFF}", "é", "👩‍👩‍👧", "T|", "let a=", "['",
            "in~", "!in~ ", "top-nested ", "a-", "$",
        ])
    func repeated(unit: String) {
        let text = String(repeating: unit, count: 60_000 / unit.utf8.count)
        for text in [text, "print " + text, "T | where a == " + text] {
            let fault = faultIfAny(text)
            #expect(fault.map { $0.span.start <= $0.span.end && $0.span.end <= text.utf8.count } ?? true)
            #expect(fault.map { $0.message.utf8.count < 400 } ?? true)
            _ = Query.isComplete(text)
        }
    }

    @Test(
        "Chains of a hundred thousand links are read, printed and let go",
        arguments: [
            ("print a", " or a"), ("print a", " and b == 1"), ("print a", " + 1"), ("print a", " * 1"),
            ("print a", ".b"), ("print a", "[0]"),
            ("print 'a'", " 'b'"), ("T", "|take 1"), ("print a", ", a"), ("print dynamic([1", ",1"),
        ])
    func chains(start: String, link: String) throws {
        let text = start + String(repeating: link, count: 50_000) + (start.contains("dynamic") ? "])" : "")
        let query = try Query.parse(text)
        #expect(query.description.utf8.count > 50_000)
    }

    @Test("Texts and words beyond the limits")
    func sizes() {
        #expect(
            faultIfAny(String(repeating: " ", count: 1_000_001))?.message == "the query is longer than 1000000 bytes")
        #expect(
            faultIfAny("T" + String(repeating: ",T", count: 200_000))?.message == "the query has more than 250000 words"
        )
    }

    @Test("Names and messages with control characters are made visible")
    func visible() {
        let text = "T | \u{1B}[31mwhere"
        #expect(faultIfAny(text)?.diagnostic(for: text).rendered.unicodeScalars.contains("\u{1B}") == false)
    }

    private func faultIfAny(_ text: String) -> KQLFault? {
        do throws(KQLFault) { _ = try Query.parse(text) } catch { return error }
        return nil
    }
}
