import Foundation
import Tables
import Testing

@testable import Connectors

@Suite("Elements of an array")
struct ArrayElementTests {
    @Test(
        "Each element's own bytes",
        arguments: [
            ("[]", [] as [String]?), (" [ ] \n", []), ("[1]", ["1"]),
            ("[{},[],\"\",null]", ["{}", "[]", "\"\"", "null"]),
            (#"[ {"a":"]},["} , {"b":[1,{"c":2}]}]"#, [#"{"a":"]},["}"#, #"{"b":[1,{"c":2}]}"#]),
            (#"["\"],[", "\\"]"#, [#""\"],[""#, #""\\""#]), ("[1,]", ["1", ""]), ("[,]", ["", ""]), ("[a b]", ["a b"]),
            ("[{]}]", ["{]}"]), ("[}]", ["}"]), ("", nil), ("{}", nil), ("[", nil), ("[1", nil), ("[1,", nil),
            ("[1] 2", nil), ("[] []", nil),
            ("[\"", nil), ("[\"\\", nil), ("[\"\\\"]", nil), ("7", nil),
        ])
    func elements(text: String, elements: [String]?) {
        let bytes = Array(text.utf8)
        #expect(ArrayElements.ranges(of: bytes)?.map { String(decoding: bytes[$0], as: UTF8.self) } == elements)
    }

    @Test("No prefix of a page is a page, and no byte of it makes the search fail")
    func everyPrefix() {
        let bytes = Array(#"[{"uuid":"a\\\"","x":[{"y":["]"]}]}, {"z":"\u00e4"} ]"#.utf8)
        for count in bytes.indices { #expect(ArrayElements.ranges(of: Array(bytes[..<count])) == nil) }
        for index in bytes.indices {
            for byte in Array("[]{}\",\\x\n".utf8) {
                var changed = bytes
                changed[index] = byte
                for range in ArrayElements.ranges(of: changed) ?? [] { #expect(range.upperBound < changed.count) }
            }
        }
    }

    @Test(
        "The documentation's events come out as they went in",
        .enabled(if: corpus != nil, "the corpus is not beside the repository"))
    func corpusEvents() throws {
        let lines = try String(contentsOfFile: #require(corpus), encoding: .utf8).split(separator: "\n").map(
            String.init)
        let page = try #require(OktaPageContent(Array("[\(lines.joined(separator: " ,\n"))]".utf8), page: 1))
        #expect(page.events.map { String(decoding: $0.bytes, as: UTF8.self) } == lines)
        #expect(page.events.allSatisfy { $0.uuid != nil && $0.published != nil })
        #expect(lines.count > 0)
    }
}

/// The events of Okta's documentation, or `nil` where they are not beside the repository.

private let corpus: String? = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../shared/corpus/events/okta_docs.ndjson").standardizedFileURL.path
    return FileManager.default.fileExists(atPath: path) ? path : nil
}()
