internal import Diagnostics
internal import JSON
internal import Tables

// Values that were parsed: events, wrappings of some, and records of tables.

extension ChunkReader {
    /// Takes a value that stands at a range: an event, or a wrapping of some.
    ///
    /// - Parameter steps: The way to the value from the JSON of a text that stands at the range; `nil` when the value
    ///   itself stands there.
    mutating func take(
        _ value: JSONValue, at range: Range<Int>, of bytes: UnsafeRawBufferPointer, depth: Int,
        steps: [ValueStep]? = nil
    ) {
        guard value.members != nil else {
            return outcome.reject(range.lowerBound, "is \(value.kind), not a JSON object")
        }
        if depth < Envelopes.depthLimit, let envelope = Envelopes.envelope(of: value) {
            let before = columns.count
            unwrap(value, from: envelope, at: range, of: bytes, depth: depth, steps: steps)
            if columns.count > before { outcome.envelopes.insert(envelope.name) }
            return
        }
        guard let format = format ?? Formats.format(of: value) else {
            return outcome.reject(range.lowerBound, "is not an Okta event: none of its fields is known")
        }
        if let steps, !steps.isEmpty {
            // Several events may share the bytes, which are then no name for one of them.
            var text = value.text
            text.withUTF8 { take(value, in: format.inText(at: steps), at: range, raw: UnsafeRawBufferPointer($0)) }
        } else {
            take(value, in: format, at: range, raw: UnsafeRawBufferPointer(rebasing: bytes[range]))
        }
    }

    /// Takes an event of a known format.
    private mutating func take(
        _ value: JSONValue, in format: Format, at range: Range<Int>, raw: UnsafeRawBufferPointer
    ) {
        guard let event = ParsedEvent(format.logEvent(value), raw: raw) else {
            return outcome.reject(range.lowerBound, "has a time that cannot be read")
        }
        begin(format)
        guard columns.append(event, start: range.lowerBound, end: range.upperBound) else {
            return outcome.reject(range.lowerBound, "is longer than 4 GiB")
        }
        note(format)
    }

    /// Takes what an envelope holds, each event at the bytes where it stands, or where the text stands that holds it.
    private mutating func unwrap(
        _ value: JSONValue, from envelope: Envelope, at range: Range<Int>, of bytes: UnsafeRawBufferPointer, depth: Int,
        steps: [ValueStep]?
    ) {
        let places = ValuePlaces(bytes), keys = envelope.path.map(ValueStep.key)
        guard let inner = Envelopes.value(in: value, at: envelope.path),
            let place = steps == nil ? places.place(of: envelope.path[...], in: range) : range
        else { return outcome.reject(range.lowerBound, "cannot be unwrapped") }
        switch inner {
        case .array(let elements):
            let each = steps == nil ? places.elements(in: place) : elements.map { _ in place }
            for (index, (element, place)) in zip(elements, each).enumerated() {
                let way = steps.map { $0 + keys + [.element(index)] }
                take(element, at: place, of: bytes, depth: depth + 1, steps: way)
            }
        case .string(let text):
            do throws(Diagnostic) {
                let value = try JSONValue(parsing: text)
                take(value, at: place, of: bytes, depth: depth + 1, steps: steps.map { $0 + keys } ?? [])
            } catch {
                outcome.reject(place.lowerBound, "holds a text in which \(error.problem)")
            }
        default: take(inner, at: place, of: bytes, depth: depth + 1, steps: steps.map { $0 + keys })
        }
    }

    /// Reads records of a table of events.
    mutating func readRecords(
        _ records: [CSVReader.Record], of table: EventCSV, _ bytes: UnsafeRawBufferPointer
    ) {
        for record in records {
            switch table.row(record, of: bytes) {
            case .success(let row):
                let raw = UnsafeRawBufferPointer(rebasing: bytes[record.range])
                take(row, in: table.format, at: record.range, raw: raw)
            case .failure(let fault): outcome.reject(fault.byte, fault.reason)
            }
        }
    }
}
