internal import JSON
internal import Tables

/// What the rows of a table are made of; the rows of one batch too.
struct EventColumns: Sendable {
    var ids = EventIDs()
    /// Ticks; `.max` where there is no time, so that such events sort last.
    var times: [Int64] = []
    var texts = [StringColumn](repeating: StringColumn(), count: EventField.allCases.count)
    var numbers = [[Double]](repeating: [], count: NumberField.allCases.count)
    var origins = EventOrigins()

    var count: Int { times.count }

    /// Makes room for rows to come.
    mutating func reserveCapacity(_ count: Int) {
        ids.reserveCapacity(count)
        times.reserveCapacity(count)
        for index in texts.indices { texts[index].reserveCapacity(count) }
        for index in numbers.indices { numbers[index].reserveCapacity(count) }
        origins.reserveCapacity(count)
    }

    /// Forgets all rows and keeps the memory.
    mutating func removeAll() {
        ids.removeAll()
        times.removeAll(keepingCapacity: true)
        for index in texts.indices { texts[index].removeAll() }
        for index in numbers.indices { numbers[index].removeAll(keepingCapacity: true) }
        origins.removeAll()
    }

    func time(at row: Int) -> Timestamp? { times[row] == .max ? nil : Timestamp(ticks: times[row]) }

    func isOrdered(_ left: Int, before right: Int) -> Bool {
        times[left] == times[right] ? ids.isOrdered(left, before: right) : times[left] < times[right]
    }

    /// All rows by time, then id. Near linear where they are in order already.
    func orderedRows() -> [UInt32] {
        var rows = Array(0..<UInt32(count))
        let isOrdered = rows.dropFirst().allSatisfy { !self.isOrdered(Int($0), before: Int($0) - 1) }
        if !isOrdered { rows.sort { self.isOrdered(Int($0), before: Int($1)) } }
        return rows
    }

    /// Who acted, by row: `actor.id`, or the login where the id is missing or the word `unknown`.
    func actorKeys() -> StringColumn {
        let ids = texts[EventField.actorID.ordinal], logins = texts[EventField.actorAlternateID.ordinal]
        let unknown = ids.code(of: "unknown")
        var keys = StringColumn()
        keys.reserveCapacity(count)
        var ofIDs = StringColumn.Translation(of: ids), ofLogins = StringColumn.Translation(of: logins)
        for row in 0..<count {
            let isKnown = ids.codes[row] != 0 && ids.codes[row] != unknown
            if isKnown || logins.codes[row] == 0 {
                keys.append(row, of: ids, &ofIDs)
            } else {
                keys.append(row, of: logins, &ofLogins)
            }
        }
        return keys
    }

    /// Adds an event; says whether it could be, which it cannot when it is too long. Nothing is added when not.
    mutating func append(_ event: ParsedEvent, start: Int, end: Int) -> Bool {
        guard origins.holds(start: start, end: end) else { return false }
        var id = event.id
        ids.append(id.withUTF8 { ids.id(adding: UnsafeRawBufferPointer($0)) })
        times.append(event.published?.ticks ?? .max)
        for (index, text) in event.texts.enumerated() { texts[index].append(text) }
        for (index, number) in event.numbers.enumerated() { numbers[index].append(number) }
        origins.append(start: start, end: end)
        return true
    }
}

// MARK: From a scanner

extension EventColumns {
    /// Adds the event that a scanner has read; says whether it could be taken so. Nothing is added when not.
    @inline(__always)
    mutating func append(_ scanner: EventScanner, start: Int, end: Int, scratch: inout [UInt8]) -> Bool {
        let slots = scanner.slots
        let published = slots[FieldTree.publishedSlot], uuid = slots[FieldTree.uuidSlot]
        let eventType = slots[EventField.eventType.ordinal]
        guard origins.holds(start: start, end: end), eventType.kind == .text, !eventType.isEventHook,
            published.kind == .text, uuid.kind == .text, !uuid.isNull,
            slots[FieldTree.logTypeSlot].kind == .none || slots[FieldTree.logTypeSlot].namesOkta,
            let time = Timestamp(ascii: UnsafeBufferPointer(start: published.start, count: published.count))
        else { return false }
        for index in numbers.indices where !take(slots[texts.count + index], asNumber: index) {
            for undone in 0..<index { numbers[undone].removeLast() }
            return false
        }
        ids.append(ids.id(adding: uuid.bytes))
        times.append(time.ticks)
        for index in texts.indices { take(slots[index], asText: index, &scratch) }
        origins.append(start: start, end: end)
        scanner.memory.remember(self)
        return true
    }

    /// What the last row has of a field, by its slot: the code of a text, the bits of a number.
    @inline(__always)
    func lastCode(of slot: Int) -> UInt64 {
        slot < texts.count ? UInt64(texts[slot].codes.last ?? 0) : (numbers[slot - texts.count].last ?? .nan).bitPattern
    }

    @inline(__always)
    private mutating func take(_ slot: EventScanner.Slot, asText index: Int, _ scratch: inout [UInt8]) {
        switch slot.kind {
        case .none: texts[index].appendNone()
        case .known: texts[index].append(code: UInt32(truncatingIfNeeded: slot.count))
        case .text, .literal:
            if slot.isNull { texts[index].appendNone() } else { texts[index].append(slot.bytes) }
        case .escapedText:
            JSONParser.unescape(slot.bytes, into: &scratch)
            scratch.withUnsafeBytes { $0.isNull ? texts[index].appendNone() : texts[index].append($0) }
        }
    }

    @inline(__always)
    private mutating func take(_ slot: EventScanner.Slot, asNumber index: Int) -> Bool {
        if slot.kind == .known {
            numbers[index].append(Double(bitPattern: UInt64(bitPattern: Int64(slot.count))))
            return true
        }
        guard slot.kind == .literal else {
            numbers[index].append(.nan)
            return true
        }
        guard let number = DecimalText.double(slot.bytes) else { return false }
        numbers[index].append(number)
        return true
    }
}

extension EventScanner.Slot {
    /// Whether it is a text that begins with the product's name, in any case.
    var namesOkta: Bool { kind == .text && bytes.prefix(4).map { $0 | 0x20 }.elementsEqual("okta".utf8) }

    /// Whether it is the type of an event hook's request, which is no event.
    @inline(__always)
    var isEventHook: Bool {
        count == Envelopes.eventHookType.utf8.count && bytes.elementsEqual(Envelopes.eventHookType.utf8)
    }

    @inline(__always)
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    @inline(__always)
    var isNull: Bool { bytes.isNull }
}

extension UnsafeRawBufferPointer {
    /// Empty, or the word `null`, which `client.zone` and others hold.
    @inline(__always)
    fileprivate var isNull: Bool {
        count == 0 || count == 4 && UInt32(littleEndian: loadUnaligned(as: UInt32.self)) == 0x6C6C_756E
    }
}
