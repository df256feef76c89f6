import Testing

@testable import KQL

@Suite("Names are compared by their bytes")
struct NameTests {
    /// An é of one code point, and an e with a combining accent.
    private static let composed = "caf\u{E9}", combined = "cafe\u{301}"

    @Test("Two spellings that look alike are two names")
    func names() throws {
        let query = "let ['\(Self.composed)'] = 1; let ['\(Self.combined)'] = 2; print ['\(Self.composed)']"
        #expect(try bind(query, Catalog([:])).columns.first?.name == Self.composed)
        var names = UniqueNames([Self.composed])
        #expect(names.take(Self.combined).utf8.elementsEqual(Self.combined.utf8))
        let tables = Catalog([Self.composed: TableSchema(columns: [ColumnSchema("a", .long)])])
        #expect(throws: KQLFault.self) { try bind("['\(Self.combined)'] | take 1", tables) }
        #expect(try bind("['\(Self.composed)'] | take 1", tables).tables == [Self.composed])
    }
}
