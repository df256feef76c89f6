import Foundation
import Investigation
import JSON
import KQL
import Models
import Pipeline
import Testing

@testable import Shell

/// How refused queries look.
@Suite struct QueryFaultTextTests {
    /// What the session says of a query.
    private func said(_ query: String, width: Int) async throws -> [String] {
        let session = Session(
            name: "test", settings: SessionSettings(), transcript: Transcript(nil), store: nil, model: nil,
            analyst: { ModelAnalyst(model: $0) })
        let fault = await #expect(throws: QueryFault.self) {
            try await session.perform(.query(QueryRequest(query)), words: [])
        }
        return QueryFaultText(try #require(fault), screen: Screen(width: width)).lines
    }

    @Test(arguments: [
        (
            #"OktaSystemLog | wher outcome_result == "FAILURE""#, 80,
            [
                "error SYN0002: unknown operator `wher`",
                #"  OktaSystemLog | wher outcome_result == "FAILURE""#,
                "                  ^^^^",
                "  Did you mean `where`?",
            ]
        ),
        (
            "OktaSystemLog\n| take 5\n| where eventTyp == 'x'", 80,
            [
                "error SEM0100 in line 3: 'where' operator: Failed to resolve column or scalar",
                "expression named 'eventTyp'",
                "  | where eventTyp == 'x'",
                "          ^^^^^^^^",
                "  Did you mean `eventType`?",
            ]
        ),
        (
            "OktaSystemLog | where actor_alternateId == 'bob@example.com' | wher outcome_result == 'FAILURE' | take 5",
            40,
            [
                "error SYN0002: unknown operator `wher`",
                "  …= 'bob@example.com' | wher outcome_r…",
                "                         ^^^^",
                "  Did you mean `where`?",
            ]
        ),
        (
            "T | take 5 |", 40,
            [
                "error SYN0002: expected an operator,",
                "found the end of the query",
                "  T | take 5 |",
                "              ^",
            ]
        ),
        (
            "print '\u{1B}[31m' | wher", 80,
            [
                "error SYN0002: unknown operator `wher`",
                #"  print '\u{1B}[31m' | wher"#,
                "                       ^^^^",
                "  Did you mean `where`?",
            ]
        ),
    ] as [(String, Int, [String])])
    func faults(_ query: String, _ width: Int, _ lines: [String]) async throws {
        #expect(try await said(query, width: width) == lines)
    }

    /// The line is cut around the fault, wherever that is, and the marks stay under it.
    @Test(arguments: [
        ("abcdefghij", 3, 5, 20, "abcdefghij", 3, 2), ("abcdefghij", 10, 10, 20, "abcdefghij", 10, 1),
        ("abcdefghijklmnopqrstuvwxyz", 24, 26, 12, "…pqrstuvwxyz", 10, 2),
        ("abcdefghijklmnopqrstuvwxyz", 0, 2, 12, "abcdefghijk…", 0, 2),
        ("abcdefghijklmnopqrstuvwxyz", 2, 26, 12, "abcdefg…", 2, 6), ("日本語 | wher x", 12, 16, 40, "日本語 | wher x", 9, 4),
        ("one\ntwo three\nfour", 8, 13, 40, "two three", 4, 5), ("one\ntwo", 2, 6, 40, "one", 2, 1),
        ("a\tb\r\nc", 2, 3, 40, "a b", 2, 1), ("", 0, 0, 40, "", 0, 1),
    ] as [(String, Int, Int, Int, String, Int, Int)])
    func excerpts(
        _ query: String, _ start: Int, _ end: Int, _ width: Int, _ text: String, _ blanks: Int, _ marks: Int
    ) {
        let fitted = QueryExcerpt(query, from: start, to: end).fitted(to: width)
        #expect(fitted == (text, blanks, marks))
    }
}
