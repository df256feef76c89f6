/// One event of a stream.
struct StreamEvent: Hashable {
    /// The event's type; empty where the server names none.
    var name = ""
    var data = ""
}

/// Reads server-sent events from bytes that may be cut anywhere.
///
/// As the WHATWG standard has it, and with what servers really send: a field `error:` is an event of that name,
/// an event that lacks its closing blank line is still given, and lines that are no field at all are kept in
/// ``stray``, for a body may be JSON or HTML in spite of its media type. Linear in the input.
struct EventStreamParser {
    /// Lines that belong to no field, up to ``strayLimit`` bytes.
    private(set) var stray: [UInt8] = []
    /// Whether a line grew beyond ``lineLimit``.
    private(set) var isOverlong = false

    private var line: [UInt8] = []
    private var event = StreamEvent()
    private var hasData = false
    private var lastWasReturn = false
    private var isFirstLine = true

    private static let strayLimit = 64 << 10
    private static let lineLimit = 8 << 20
    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Takes the next bytes and gives the events they complete.
    mutating func consume(_ bytes: [UInt8]) -> [StreamEvent] {
        var events: [StreamEvent] = []
        var start = bytes.startIndex
        for (index, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
            let isSecondHalf = byte == 0x0A && lastWasReturn && index == start && line.isEmpty
            lastWasReturn = byte == 0x0D
            if !isSecondHalf {
                append(bytes[start..<index])
                endLine(&events)
            }
            start = index + 1
        }
        if start < bytes.count {
            append(bytes[start...])
            lastWasReturn = false
        }
        return events
    }

    /// Gives the event that the end of the body left open.
    mutating func finish() -> [StreamEvent] {
        var events: [StreamEvent] = []
        if !line.isEmpty { endLine(&events) }
        dispatch(&events)
        return events
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard line.count + bytes.count <= Self.lineLimit else { return isOverlong = true }
        line += bytes
    }

    private mutating func endLine(_ events: inout [StreamEvent]) {
        defer { line.removeAll(keepingCapacity: true) }
        if isFirstLine, line.starts(with: Self.mark) { line.removeFirst(Self.mark.count) }
        isFirstLine = false
        if line.isEmpty { return dispatch(&events) }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: line[..<(colon ?? line.endIndex)], as: UTF8.self)
        var value = colon.map { line[($0 + 1)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        take(field: name, String(decoding: value, as: UTF8.self))
    }

    private mutating func take(field name: String, _ value: String) {
        switch name {
        case "", "id", "retry": break
        case "event": event.name = value
        case "data", "error":
            if hasData { event.data += "\n" }
            event.data += value
            hasData = true
            if name == "error" { event.name = name }
        default: if stray.count + line.count < Self.strayLimit { stray += line + [0x0A] }
        }
    }

    private mutating func dispatch(_ events: inout [StreamEvent]) {
        if hasData { events.append(event) }
        event = StreamEvent()
        hasData = false
    }
}
