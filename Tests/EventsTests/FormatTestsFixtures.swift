@testable import Events
import Foundation
import JSON
import Tables
import Testing

/// The files of `Fixtures/shapes`: the same three events in every shape.
enum ShapeFixtures {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "../../Fixtures/shapes").standardizedFileURL

    static func bytes(_ file: String) throws -> [UInt8] { try Array(Data(contentsOf: folder.appending(path: file))) }

    static var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    /// The values at the top of a file: the elements of an array, or one a line.
    static func values(_ file: String) throws -> [JSONValue] {
        let bytes = try bytes(file)
        if let whole = try? JSONValue(parsing: bytes) { return whole.array ?? [whole] }
        return try bytes.split(separator: 0x0A).map { try JSONValue(parsing: Array($0)) }
    }

    /// The events as Okta's API gives them.
    static func native() throws -> [JSONValue] { try values("okta.json") }
}

/// An event taken out of what it travelled in.
struct UnwrappedEvent {
    var envelopes: [String] = []
    var format: Format?
    var logEvent: JSONValue = .null

    /// What a value holds, envelope by envelope.
    static func all(in value: JSONValue, within envelopes: [String] = []) -> [UnwrappedEvent] {
        if let elements = value.array { return elements.flatMap { all(in: $0, within: envelopes) } }
        if let text = value.string { return all(in: (try? JSONValue(parsing: text)) ?? .null, within: envelopes) }
        if envelopes.count < Envelopes.depthLimit, let envelope = Envelopes.envelope(of: value) {
            let inner = Envelopes.value(in: value, at: envelope.path) ?? .null
            return all(in: inner, within: envelopes + [envelope.name])
        }
        let format = Formats.format(of: value)
        return [UnwrappedEvent(envelopes: envelopes, format: format, logEvent: format?.logEvent(value) ?? .null)]
    }

    /// The events of a file of `Fixtures/shapes`.
    static func all(inFile file: String) throws -> [UnwrappedEvent] {
        if file.hasSuffix(".csv") { return try all(inCSV: ShapeFixtures.bytes(file)) }
        return try ShapeFixtures.values(file).flatMap { all(in: $0) }
    }

    /// The events of a table.
    static func all(inCSV bytes: [UInt8]) throws -> [UnwrappedEvent] {
        try bytes.withUnsafeBytes { bytes in
            guard CSVShape.looksLikeCSV(bytes, from: 0) else { return [] }
            var reader = CSVReader(bytes)
            let header = try #require(reader.next().flatMap { reader.texts(of: $0) })
            let format = Format.csv(header: header)
            var events: [UnwrappedEvent] = []
            while let record = reader.next() {
                let row = CSVShape.row(try #require(reader.texts(of: record)), header: header)
                events.append(UnwrappedEvent(format: format, logEvent: format?.logEvent(row) ?? .null))
            }
            return events
        }
    }
}

extension JSONValue {
    /// The scalars of a value by their paths; null and empty objects say nothing.
    var leaves: [String: JSONValue] {
        switch self {
        case .null: [:]
        case .object(let members): Self.leaves(members.map { ($0.key, $0.value) })
        case .array(let elements): Self.leaves(elements.enumerated().map { (String($0.offset), $0.element) })
        default: ["": self]
        }
    }

    private static func leaves(_ parts: [(String, JSONValue)]) -> [String: JSONValue] {
        var result: [String: JSONValue] = [:]
        for (key, value) in parts {
            for (path, leaf) in value.leaves { result[path.isEmpty ? key : key + "." + path] = leaf }
        }
        return result
    }
}

extension [String] {
    /// Whether one of these paths is the path, or holds it.
    func covers(_ path: String) -> Bool { contains { path == $0 || path.hasPrefix($0 + ".") } }
}
