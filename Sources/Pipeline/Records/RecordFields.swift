internal import Detection
internal import Diagnostics
internal import JSON
internal import Tables

/// The fields of one record that was read back, each with a message that names record and field.
struct RecordFields {
    let record: String
    let json: JSONValue

    init(_ json: JSONValue, of record: String) throws(Diagnostic) {
        self.record = record
        self.json = json
        guard json.members != nil else { throw fault("is \(json.kind), not an object") }
    }

    func fault(_ text: String) -> Diagnostic {
        Diagnostic(
            "a record of `\(record)` \(text)", remedy: "Remove the line and run the command that writes it again")
    }

    func value<Value>(_ key: String, _ kind: String, _ read: (JSONValue) -> Value?) throws(Diagnostic) -> Value {
        guard let found = json[key] else { throw fault("has no `\(key)`") }
        guard let value = read(found) else { throw fault("needs \(kind) in `\(key)`, not \(found.kind)") }
        return value
    }

    func string(_ key: String) throws(Diagnostic) -> String { try value(key, "a text") { $0.string } }
    func number(_ key: String) throws(Diagnostic) -> Double { try value(key, "a number") { $0.double } }
    func bool(_ key: String) throws(Diagnostic) -> Bool { try value(key, "true or false") { $0.bool } }

    /// A severity in the contract's words.
    func severity(_ key: String = "severity") throws(Diagnostic) -> Severity {
        try value(key, "low, medium, high or critical") { $0.string.flatMap(Severity.init) }
    }

    /// The texts of an array; an array that is not there is empty.
    func strings(_ key: String) -> [String] { json[key]?.strings ?? [] }

    func optionalString(_ key: String) -> String? { json[key]?.string }
    func time(_ key: String) -> Timestamp? { json[key]?.string.flatMap { Timestamp($0) } }

    /// `source`; a record without one came from the rules.
    var source: Source { json["source"]?.string.flatMap(Source.init) ?? .rules }

    /// The records in an array, each read by `read`.
    func array<Value>(
        _ key: String, _ read: (JSONValue) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> [Value] {
        var result: [Value] = []
        for element in try value(key, "an array", { $0.array }) { result.append(try read(element)) }
        return result
    }
}
