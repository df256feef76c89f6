import JSON
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private static let record: JSONValue = [
        "id": "evt-1", "count": 5, "half": 0.5, "whole": 5.0, "ids": ["a", 1, "b"], "none": nil,
        "target": [["id": "t0"], ["id": "t1", "deep": ["x": true]]],
    ]

    @Test("Paths go through objects and, by number, arrays", arguments: [
        ("id", "evt-1"), ("target.0.id", "t0"), ("target.1.deep.x", true), ("ids.2", "b"), ("none", .null),
        ("target.2.id", nil), ("target.-1.id", nil), ("target.id", nil), ("id.x", nil), ("missing", nil), ("none.x", nil),
    ] as [(String, JSONValue?)])
    func paths(path: String, expected: JSONValue?) {
        #expect(Self.record[path: path] == expected)
    }

    @Test("A repeated key is looked up at its last place")
    func repeated() throws {
        let value = try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#)
        #expect(value["a"] == 3)
        #expect(value.setting("a", to: 4).text == #"{"a":1,"b":2,"a":4}"#)
        #expect(value.removing("a").text == #"{"b":2}"#)
    }

    @Test("Each value as the types that it has", arguments: [
        (1, 1, 1.0, nil), (5.0, 5, 5.0, nil), (0.5, nil, 0.5, nil), ("1", nil, nil, "1"), (true, nil, nil, nil),
        (.number(1e300), nil, 1e300, nil), (nil, nil, nil, nil),
    ] as [(JSONValue, Int64?, Double?, String?)])
    func types(value: JSONValue, integer: Int64?, double: Double?, string: String?) {
        #expect(value.integer == integer)
        #expect(value.double == double)
        #expect(value.string == string)
    }

    @Test("Kinds in JSON's words", arguments: [
        (nil, "null"), (true, "a boolean"), (1, "a number"), (0.5, "a number"), ("", "a string"), ([], "an array"),
        ([:], "an object"),
    ] as [(JSONValue, String)])
    func kinds(value: JSONValue, expected: String) {
        #expect(value.kind == expected)
    }

    @Test("Texts and keys are equal by their bytes only")
    func bytes() {
        let composed = "\u{E9}", decomposed = "e\u{301}"
        #expect(JSONValue.string(composed) != .string(decomposed))
        #expect(JSONValue.object([.init(composed, 1)]) != .object([.init(decomposed, 1)]))
        #expect(JSONValue.object([.init(composed, 1)])[decomposed] == nil)
        #expect(JSONValue.object([.init(composed, 1)]).removing(decomposed).members?.count == 1)
        #expect(Set([JSONValue.string(composed), .string(decomposed), .string(composed)]).count == 2)
    }

    @Test("Numbers that JSON has not become their names", arguments: [
        (Double.nan, "NaN"), (.infinity, "Infinity"), (-.infinity, "-Infinity"), (0.25, 0.25),
    ] as [(Double, JSONValue)])
    func names(number: Double, expected: JSONValue) {
        #expect(JSONValue(number) == expected)
    }

    @Test("Members keep their order; a set one keeps its place or comes last")
    func order() {
        let value: JSONValue = ["z": 1, "a": 2]
        #expect(value.setting("z", to: 3).setting("m", to: nil).text == #"{"z":3,"a":2,"m":null}"#)
        #expect(JSONValue.null.setting("a", to: 1).text == #"{"a":1}"#)
        #expect(["a": 1, "b": ["x", 2, "y"]] as JSONValue != ["b": ["x", 2, "y"], "a": 1])
        #expect(Self.record["ids"]?.strings == ["a", "b"])
    }
}
