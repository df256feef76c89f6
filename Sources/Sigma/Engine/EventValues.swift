internal import Events
internal import JSON

/// The values at the paths of a ``PathTree`` in one event at a time.
///
/// Reads them from the event's bytes in one pass where the event is as events are, and from parsed JSON otherwise; both
/// ways find the same.
struct EventValues {
    let tree: PathTree
    var scanner: PathScanner
    /// The event's own bytes, to which the places of values refer unless it was parsed.
    private var raw = UnsafeRawBufferPointer(start: nil, count: 0)
    private var isParsed = false
    /// Texts that do not stand in the event as they are, and lower-case copies, each made once an event.
    var arena: [UInt8] = []
    /// By value: where its text is in ``arena``, and where the lower-case copy; `nil` until someone asks.
    private var texts: [Range<Int>?] = []
    private var folded: [Range<Int>?] = []
    /// By value: its code among the known texts of its slot, 0 for none; negative until someone asks.
    private var codes: [Int] = []
    private var scratch: [UInt8] = []
    private var known: [KnownTexts]
    private var answers = KnownAnswers()

    init(_ tree: PathTree) {
        self.tree = tree
        scanner = PathScanner(tree)
        known = tree.paths.map { _ in KnownTexts() }
    }

    /// Takes another event; its bytes must stay where they are while its values are asked for.
    ///
    /// - Parameter wanted: The nodes of the tree that will be asked for; all, where it is `nil`.
    mutating func take(_ event: OktaEvent, _ bytes: UnsafeRawBufferPointer, wanted: [Bool]? = nil) {
        raw = bytes
        arena.removeAll(keepingCapacity: true)
        isParsed = !event.isLogEvent || !scanner.scan(bytes, wanted: wanted)
        if isParsed { parse(event) }
        texts.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        codes.removeAll(keepingCapacity: true)
        for _ in scanner.found.values {
            texts.append(nil)
            folded.append(nil)
            codes.append(-1)
        }
    }
}

// MARK: Asking

extension EventValues {
    /// Whether a path exists, if only with null.
    func exists(_ slot: Int) -> Bool { scanner.found.last(slot) >= 0 }

    /// Whether a path has a value.
    func hasValue(_ slot: Int) -> Bool { !places(of: slot).isEmpty }

    /// Whether a path has a value that is neither an empty text nor an empty object.
    mutating func isPresent(_ slot: Int) -> Bool {
        for place in places(of: slot) {
            let isObject = scanner.found.values[place].kind == .object
            if withText(place, { !$0.isEmpty && !(isObject && $0.elementsEqual("{}".utf8)) }) { return true }
        }
        return false
    }

    /// Whether the text of one of a path's values passes one of the tests.
    ///
    /// - Parameter number: Stands for the tests; the same for the same tests.
    mutating func matches(_ slot: Int, _ tests: TextTests, number: Int) -> Bool {
        var place = scanner.found.last(slot)
        while place >= 0 {
            let value = scanner.found.values[place]
            if value.kind != .nothing, passes(place, slot, tests, number) { return true }
            place = value.previous
        }
        return false
    }

    private mutating func passes(_ place: Int, _ slot: Int, _ tests: TextTests, _ number: Int) -> Bool {
        // Numbers and objects are not known by their bytes, which are not their texts.
        let code = code(place, slot: slot)
        guard code > 0 else { return passes(place, tests) }
        if let answer = answers.answer(number, code: code) { return answer }
        let answer = passes(place, tests)
        answers.learn(answer, number, code: code)
        return answer
    }

    /// The code among known texts of the value that was found at a place for a slot; 0 where it is not known by one.
    mutating func code(_ place: Int, slot: Int) -> Int {
        let value = scanner.found.values[place]
        guard !isParsed, value.kind == .text || value.kind == .escapedText else { return 0 }
        if codes[place] < 0 {
            codes[place] = known[slot].code(
                of: UnsafeRawBufferPointer(rebasing: raw[value.start..<value.start + value.count]))
        }
        return codes[place]
    }

    /// Whether the text of the value that was found at a place passes one of the tests.
    mutating func passes(_ place: Int, _ tests: TextTests) -> Bool {
        tests.foldsLetters && withFoldedText(place, tests.matches(folded:))
            || tests.readsLetters && withText(place, tests.matches(exact:))
    }

    /// The texts of a path's values, in the order of the event.
    mutating func texts(_ slot: Int) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        for place in places(of: slot).reversed() { texts.append(withText(place) { Array($0) }) }
        return texts
    }

    private func places(of slot: Int) -> [Int] {
        var places: [Int] = [], place = scanner.found.last(slot)
        while place >= 0 {
            if scanner.found.values[place].kind != .nothing { places.append(place) }
            place = scanner.found.values[place].previous
        }
        return places
    }

    private mutating func withText<Result>(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let value = scanner.found.values[place]
        if !isParsed, value.kind == .text {
            return body(UnsafeRawBufferPointer(rebasing: raw[value.start..<value.start + value.count]))
        }
        let range = texts[place] ?? prepare(place, value)
        return arena.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Puts the text of a value that does not stand in the event as it is into the arena.
    private mutating func prepare(_ place: Int, _ value: FoundValues.Value) -> Range<Int> {
        var range = value.start..<value.start + value.count
        if !isParsed {
            let bytes = UnsafeRawBufferPointer(rebasing: raw[range]), start = arena.count
            switch value.kind {
            case .nothing, .text: arena += bytes
            case .escapedText:
                EscapedText.resolve(bytes, into: &scratch)
                arena += scratch
            case .number, .object: arena += ((try? JSONParser.parse(bytes).get()) ?? .null).text.utf8
            }
            range = start..<arena.count
        }
        texts[place] = range
        return range
    }

    private mutating func withFoldedText(_ place: Int, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
        let range = folded[place] ?? fold(place)
        return arena.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    private mutating func fold(_ place: Int) -> Range<Int> {
        var copy = exchange(&scratch, with: [])
        withText(place) { LetterCase.fold($0, into: &copy) }
        let start = arena.count
        arena += copy
        scratch = copy
        folded[place] = start..<arena.count
        return start..<arena.count
    }
}
