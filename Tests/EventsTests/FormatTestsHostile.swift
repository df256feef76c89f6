@testable import Events
import JSON
import Testing

@Suite("Events that mean harm")
struct FormatHostileTests {
    /// Every value of every fixture in turn becomes something else. What then has a value at Okta's path had it before,
    /// or is the new value.
    @Test("Wrong types anywhere never crash and invent nothing", arguments: [
        "5", "true", "null", #""""#, "[]", "{}", "[[[]]]", #"[{"id":{"id":[]}}]"#, #"{"actor":{"id":5}}"#,
        #""{\"a\":""#, "1e308",
    ])
    func types(replacement: String) throws {
        let new = try JSONValue(parsing: replacement), native = try ShapeFixtures.native().map(\.leaves)
        let known = Set(native.flatMap { $0.values } + new.leaves.values)
        for shape in ShapeCase.all where !shape.file.hasSuffix(".csv") && shape.envelopes.isEmpty {
            for value in try ShapeFixtures.values(shape.file) {
                for member in value.members ?? [] {
                    let changed = value.setting(member.key, to: new)
                    guard let format = Formats.format(of: changed) else { continue }
                    let leaves = format.logEvent(changed).leaves.filter { $0.key != "published" }
                    let invented = leaves.filter { !known.contains($0.value) && $0.key != "version" }
                    // Where the faithful column is gone, a lossy one serves.
                    let lossy: Set<JSONValue> = ["rosa.almeida", "ivo", "FAILURE", "2025-07-07T23:00:00Z"]
                    #expect(Set(invented.values).subtracting(lossy) == [], "\(shape.file) \(member.key)")
                }
            }
        }
    }

    @Test("Each known column with each wrong type gives an event of what is left", arguments: EventShape.allCases)
    func columns(shape: EventShape) throws {
        let wrong: [JSONValue] = [[], [:], [[], [:]], .null, "", ["a": ["b": 1]], [1, 2], .bool(false), 7, "text"]
        for mapping in FieldMappings.all {
            for column in mapping.columns(in: shape) {
                for value in wrong {
                    let row = JSONValue.object([JSONValue.Member(column.name, value)])
                    let event = FieldCollector.logEvent(row, columns: ShapeColumns[shape])
                    #expect(event.members != nil)
                    let isScalar = value.members == nil && value.array == nil
                    if !isScalar, ![.object, .list].contains(mapping.kind) {
                        #expect(event.leaves.isEmpty, "\(column.name)")
                    }
                }
            }
        }
    }

    @Test("Keys without number in one object cost no more than they should", .timeLimit(.minutes(10)), arguments: [
        ("eventType", "debugContext.debugData.k"), ("eventType_s", "debugContext_debugData_k"),
        ("eventType", "target.0.k"),
        ("eventType", "target{}.k"), ("okta.uuid", "okta.actor.k"), ("okta.uuid", "okta.target.k"),
        ("eventType", "client.k"),
        ("display_message", "target1.k"), ("eventType", "p_k"), ("eventtype", "authenticationcontext"),
        ("eventType", "uuid"),
    ])
    func manyKeys(first: String, prefix: String) throws {
        let suffix = first.hasSuffix("_s") ? "_s" : ""
        let members = (0..<20_000).map { JSONValue.Member(prefix + String($0) + suffix, "v") }
        let event = JSONValue.object([JSONValue.Member(first, "e")] + members)
        let format = try #require(Formats.format(of: event))
        #expect(format.logEvent(event).members != nil)
    }

    @Test("Targets at far places cost nothing, and keep their order")
    func indexes() {
        let event: JSONValue = [
            "actor.id": "a", "target.999.id": "c", "target.7.id": "b", "target.1000.id": "x", "target.-1.id": "x",
            "target.0.": "x",
            "target..id": "x", "target.99999999999999999999.id": "x", "target.٣.id": "x",
        ]
        #expect(Format.dotted.logEvent(event)["target"] == [["id": "b"], ["id": "c"]])
    }

    @Test("Keys that Unicode calls equivalent are others")
    func equivalence() throws {
        let kelvin = try JSONValue(parsing: #"{"o\#u{212A}ta":{"uuid":"u"},"uuid":"u"}"#)
        #expect(Formats.format(of: kelvin)?.name == "okta")
        #expect(Formats.format(of: ["o\u{212A}ta.uuid": "u"])?.name == nil)
    }

    @Test("Deep nesting under any column")
    func deep() {
        var deep: JSONValue = "x"
        for _ in 0..<2000 { deep = ["target": deep, "okta": deep.array == nil ? ["actor": 1] : 1] }
        for shape in EventShape.allCases {
            for key in ["okta", "client", "unmapped", "actor", "target", "event", "metadata"] {
                let event = JSONValue.object([JSONValue.Member(key, deep)])
                #expect(FieldCollector.logEvent(event, columns: ShapeColumns[shape]).members != nil)
            }
        }
    }
}
