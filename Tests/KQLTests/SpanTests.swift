import Testing

@testable import KQL

@Suite("Places in the text")
struct SpanTests {
    @Test("Names, literals and operators stand where they are written")
    func words() throws {
        let query = try Query.parse("let e = 'é';\nT | where ['a b'] !has_cs (e) | extend x = tolower ( y.z )[0]")
        let texts = Nodes(query).spans.map { query.text(at: $0) }
        for text in [
            "'é'", "T", "where", "['a b']", "!has_cs", "e", "extend", "x", "tolower ( y.z )", "y.z", "z", "[0]", "0",
        ] {
            #expect(texts.contains(text), "\(text)")
        }
    }

    @Test("A node lies within the node that holds it, in every recorded query")
    func nesting() throws {
        for row in RecordedQueries.answered {
            let query = try Query.parse(row.query)
            #expect(Nodes(query).outside.map { query.text(at: $0) } == [], "\(row.id)")
        }
    }
}

/// All places in a tree, found by reflection.
private struct Nodes {
    var spans: [SourceSpan] = []
    /// Those that are not within the node that holds them.
    var outside: [SourceSpan] = []

    init(_ query: Query) {
        walk(query.statements, within: SourceSpan(0, query.text.utf8.count))
    }

    private mutating func walk(_ value: Any, within bounds: SourceSpan) {
        if let span = value as? SourceSpan {
            spans.append(span)
            if span.start < bounds.start || span.end > bounds.end || span.start > span.end { outside.append(span) }
            return
        }
        let children = Mirror(reflecting: value).children
        let own = children.first { $0.label == "span" }?.value as? SourceSpan
        if let own { walk(own, within: bounds) }
        for child in children where child.label != "span" { walk(child.value, within: own ?? bounds) }
    }
}
