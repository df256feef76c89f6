import Diagnostics
import Testing

@testable import KQL

/// A query with a mistake, and what is said of it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let query: String
    let place: [Int]
    let message: String
    let suggestion: String?
    var code = "SYN0002"

    init(
        _ query: String, _ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil,
        code: String = "SYN0002"
    ) {
        (self.query, place, self.message, self.suggestion, self.code) = (
            query, [line, column], message, suggestion, code
        )
    }

    var testDescription: String { query }
}

private let goesOn = "expected an operator, `|` or the end of the query, found "

private let mistakes = [
    Mistake("", 1, 1, "expected a query, found the end of the query"),
    Mistake("T | wher a", 1, 5, "unknown operator `wher`", "Did you mean `where`?"),
    Mistake("T | WHERE a", 1, 5, "unknown operator `WHERE`", "Did you mean `where`?"),
    Mistake("T\n| project-awy a", 2, 3, "unknown operator `project-awy`", "Did you mean `project-away`?"),
    Mistake("T | select a", 1, 5, "unknown operator `select`", "Did you mean `project`?"),
    Mistake("T | orderby a", 1, 5, "unknown operator `orderby`", "Did you mean `order by`?"),
    Mistake("T |", 1, 4, "expected an operator, found the end of the query"),
    Mistake("T | print 1", 1, 5, "`print` stands only at the beginning of a query", "Did you mean `project`?"),
    Mistake("T | where a contans 'x'", 1, 13, goesOn + "`contans`", "Did you mean `contains`?"),
    Mistake("T | where a icontains 'x'", 1, 13, goesOn + "`icontains`", "Did you mean `contains`?"),
    Mistake("T | where a AND b", 1, 13, goesOn + "`AND`", "Did you mean `and`?"),
    Mistake(
        "T | where a == 1 | project b as c", 1, 30, goesOn + "`as`", "Write the new name first: `NewName = OldName`"),
    Mistake("T | where a <= b <= c", 1, 18, goesOn + "`<=`", "Join comparisons with `and`: `a <= b and b <= c`"),
    Mistake("T | where a = 1", 1, 13, goesOn + "`=`", "Compare with `==`; `=` only gives a name"),
    Mistake("let x = 5\nT | where a == x", 2, 1, goesOn + "`T`", "End the `let` before it with `;`"),
    Mistake("T | where (a == 1", 1, 18, "expected `)`, found the end of the query"),
    Mistake("T | where a in b", 1, 16, "expected `(`, found `b`", "Write the values as a list: `in (…)`"),
    Mistake("T | where a in ['x', 'y']", 1, 16, "expected `(`, found `[`", "Write the values as a list: `in (…)`"),
    Mistake("T | where t between (a)", 1, 23, "expected `..`, found `)`", "Write both ends: `between (a .. b)`"),
    Mistake(
        "T | where t > {start}", 1, 15, "expected an expression, found `{`",
        "Replace the placeholder in braces by a value"),
    Mistake(
        "T | where not(contains(a, 'x'))", 1, 15, "expected an expression, found `contains`",
        "`contains` stands between its operands: `Column contains …`"),
    Mistake(
        "T | extend first = 1", 1, 12, "expected a name, found `first`",
        "`first` is a keyword; the name is written ['first']"),
    Mistake("let l = ['a', 'b']; T", 1, 13, "expected `]`, found `,`", "Write a list of values as `dynamic([…])`"),
    Mistake(
        #"T | where a == "\d+""#, 1, 17, #"`\d` is no escape"#, #"Write the string as @"…", or double the backslash"#),
    Mistake("T | where a == 'é\\w'", 1, 18, #"`\w` is no escape"#, "Write the string as @'…', or double the backslash"),
    Mistake(
        #"T | extend a = extract(@"['\"]x", 1, b)"#, 1, 30, "expected `,` or `)`, found `]`",
        "In @\"…\" a backslash is itself: write a quote twice, or use '…' around it"),
    Mistake(
        "T | where a == \"x\n| count", 1, 16, "this string is not closed",
        "Close it with \" on the same line; a text of several lines stands in ```…```"),
    Mistake("print ```x", 1, 7, "this string is not closed", "Close it with ```"),
    Mistake(
        "print datetime(yesterday)", 1, 7, "`datetime(yesterday)` is no datetime literal",
        "To convert a value use todatetime(…); a literal is datetime(2025-11-12T18:00:00Z)"),
    Mistake("print int(a)", 1, 7, "`int(a)` is no int literal", "To convert a value use toint(…)"),
    Mistake("print int(3000000000)", 1, 7, "`int(3000000000)` is no int literal", "To convert a value use toint(…)"),
    Mistake(
        "print 99999999999999999999", 1, 7, "this number does not fit a long",
        "Write it as decimal(…) or with a decimal point"),
    Mistake("print 9223372036854775808", 1, 7, "this number does not fit a long", "Write it as decimal(…)"),
    Mistake("print 1.5x", 1, 7, "`1.5x` is no number", "Units are d, h, m, s, ms, microsecond and tick"),
    Mistake(
        "print typeof(strin)", 1, 7, "`typeof(strin)` is no type",
        "Types are bool, int, long, real, decimal, datetime, timespan, guid, string, dynamic"),
    Mistake("T | where a ~ b", 1, 13, "`~` means nothing here", "Remove it, or put it in quotes"),
    Mistake("print é", 1, 7, "`é` means nothing here", "Write names with such letters as ['…']"),
    Mistake("datatable(a:strng)[]", 1, 13, "expected a type, found `strng`", "Did you mean `string`?"),
    Mistake("datatable(a:long)[null]", 1, 19, "expected a value, found `null`"),
    Mistake("print dynamic({a:1})", 1, 16, "expected a key in quotes, found `a`"),
    Mistake("T | sort a", 1, 10, "expected `by`, found `a`"),
    Mistake("T | summarize count() bi a", 1, 23, goesOn + "`bi`"),
    Mistake("T | mv-expand a to long", 1, 20, "expected `typeof(…)`, found `long`"),
    Mistake("T | parse s with .*", 1, 18, "expected a pattern, found `.`"),
    Mistake("T | partition by a, b (take 1)", 1, 19, "expected `(`, found `,`"),
    Mistake("T | project *", 1, 13, "expected an expression, found `*`"),
    Mistake("T | count by a", 1, 11, goesOn + "`by`"),
    Mistake("T; | count", 1, 4, "expected an expression, found `|`"),
    Mistake(
        "declare query_paramters(a:long); T", 1, 9, "expected `query_parameters` or `pattern`, found `query_paramters`",
        "Did you mean `query_parameters`?"),
    Mistake(
        "T | join U", 1, 5, "`join` is missing its `on` clause",
        "Add the columns to join by: `on Id`, or `on $left.Id == $right.UserId`", code: "SEM0001"),
    Mistake(
        "T | join kind=outer U on a", 1, 10, "`kind` cannot be `outer`",
        "Use one of: anti, fullouter, inner, innerunique, leftanti, leftantisemi, leftouter, leftsemi, "
            + "rightanti, rightantisemi, rightouter, rightsemi",
        code: "SEM0001"),
    Mistake("T | join U | wher a", 1, 14, "unknown operator `wher`", "Did you mean `where`?"),
]

@Suite("Messages")
struct MessageTests {
    @Test("What is wrong, where, and what to write instead", arguments: mistakes)
    func message(mistake: Mistake) throws {
        let fault = try #require(throws: KQLFault.self) { try Query.parse(mistake.query) }
        #expect(fault.message == mistake.message)
        #expect(fault.suggestion == mistake.suggestion)
        #expect(fault.code == mistake.code)
        let place = fault.span.place(in: mistake.query)
        #expect([place.line, place.column] == mistake.place)
    }

    @Test("A fault as the user is told it")
    func diagnostic() throws {
        let query = "T\n| wher a"
        let fault = try #require(throws: KQLFault.self) { try Query.parse(query) }
        #expect(
            fault.diagnostic(for: query)
                == Diagnostic(
                    "unknown operator `wher` (SYN0002, line 2, column 3)", remedy: "Did you mean `where`?"))
    }

    @Test("Columns count characters, bytes do not show")
    func columns() {
        let text = "é\r\n👩‍👩‍👧x"
        let x = text.utf8.count - 1
        #expect(SourceSpan(x, x + 1).place(in: text) == (line: 2, column: 2))
        #expect(SourceSpan(0, 0).place(in: text) == (line: 1, column: 1))
    }
}
