extension ScalarFunctions {
    /// Arrays in order. What is no array gives null.
    static let arrays: [ScalarFunction] = [
        ScalarFunction("array_length", aliases: ["arraylength"], [.dynamic("array")], .long) { arguments, _ in
            Scalar(arguments.elements(0).map { Int64($0.count) })
        },
        ScalarFunction("pack_array", [.any("value").repeated], layout: .list(minimum: 0, limit: 1024), .dynamic) {
            arguments, _ in
            .array(arguments.map(\.packed))
        },
        ScalarFunction("array_concat", [.dynamic("array").repeated], layout: .list(minimum: 1, limit: 64), .dynamic) {
            arguments, _ in
            let arrays = arguments.indices.compactMap { arguments.elements($0) }
            return arrays.isEmpty ? .null(.dynamic) : .array(Array(arrays.joined().prefix(ValueLimits.elements)))
        },
        array("array_reverse", []) { elements, _ in Array(elements.reversed()) },
        array("array_slice", [.integer("start"), .integer("end")]) { elements, arguments in
            guard let start = arguments.long(1), let end = arguments.long(2) else { return nil }
            let count = Int64(elements.count)
            let from = max(0, start < 0 ? count + start : start), to = min(count - 1, end < 0 ? count + end : end)
            return from <= to ? Array(elements[Int(from)...Int(to)]) : []
        },
        array("array_rotate_left", [.integer("rotate_count")]) { elements, arguments in
            arguments.long(1).map { rotated(elements, by: $0) }
        },
        array("array_rotate_right", [.integer("rotate_count")]) { elements, arguments in
            arguments.long(1).map { rotated(elements, by: 0 &- $0) }
        },
        array("array_shift_left", [.integer("shift_count"), .any("default_value").optional]) { elements, arguments in
            arguments.long(1).map { shifted(elements, by: $0, arguments.packed(2)) }
        },
        array("array_shift_right", [.integer("shift_count"), .any("default_value").optional]) { elements, arguments in
            arguments.long(1).map { shifted(elements, by: 0 &- $0, arguments.packed(2)) }
        },
        array("array_split", [FunctionParameter("indices", [.integer, .dynamic])]) { elements, arguments in
            split(elements, arguments.elements(1) ?? [arguments.packed(1)])
        },
        ScalarFunction(
            "array_index_of",
            [
                .dynamic("array"), .any("value"), .integer("start").optional, .integer("length").optional,
                .integer("occurrence").optional,
            ], .long
        ) { arguments, _ in index(arguments) },
        ScalarFunction(
            "array_iff", aliases: ["array_iif"], [.dynamic("condition_array"), .any("when_true"), .any("when_false")],
            .dynamic
        ) {
            arguments, _ in chosen(arguments)
        },
        ScalarFunction("array_sum", [.dynamic("array")], .real) { arguments, _ in
            guard let numbers = Series(arguments.packed(0)) else { return .null(.real) }
            return .real(numbers.values.reduce(0) { $0 + ($1 ?? 0) })
        },
        ScalarFunction(
            "range", [summable("start"), summable("stop"), summable("step").optional], .dynamic
        ) { arguments, _ in .array(range(arguments)) },
        ScalarFunction(
            "repeat", [FunctionParameter("value", .any.subtracting(.dynamic)), .integer("count")], .dynamic
        ) { arguments, _ in
            guard let count = arguments.long(1), count >= 0 else { return .null(.dynamic) }
            return .array(
                [Dynamic](repeating: arguments.packed(0), count: min(Int(clamping: count), ValueLimits.elements)))
        },
        ScalarFunction("zip", [.dynamic("array").repeated], layout: .list(minimum: 2, limit: 64), .dynamic) {
            arguments, _ in
            let arrays = arguments.indices.map { arguments.elements($0) ?? [] }
            let count = arrays.map(\.count).max() ?? 0
            return .array((0..<count).map { index in .array(arrays.map { index < $0.count ? $0[index] : .null }) })
        },
        ArraySorting.function("array_sort_asc", isDescending: false),
        ArraySorting.function("array_sort_desc", isDescending: true),
    ]

    private static func array(
        _ name: String, _ parameters: [FunctionParameter],
        _ change: @escaping @Sendable ([Dynamic], [Scalar]) -> [Dynamic]?
    ) -> ScalarFunction {
        ScalarFunction(name, [.dynamic("array")] + parameters, .dynamic) { arguments, _ in
            arguments.elements(0).flatMap { change($0, arguments) }.map { .array($0) } ?? .null(.dynamic)
        }
    }

    private static func summable(_ name: String) -> FunctionParameter {
        FunctionParameter(name, [.number, .datetime, .timespan])
    }

    private static func rotated(_ elements: [Dynamic], by count: Int64) -> [Dynamic] {
        guard !elements.isEmpty else { return [] }
        let cut = Int(count.floorRemainder(Int64(elements.count)))
        return Array(elements[cut...] + elements[..<cut])
    }

    private static func shifted(_ elements: [Dynamic], by count: Int64, _ filler: Dynamic) -> [Dynamic] {
        let distance = min(Int(clamping: count.magnitude), elements.count)
        let fill = [Dynamic](repeating: filler, count: distance)
        return count >= 0 ? Array(elements.dropFirst(distance)) + fill : fill + Array(elements.dropLast(distance))
    }

    private static func split(_ elements: [Dynamic], _ indices: [Dynamic]) -> [Dynamic] {
        var parts: [Dynamic] = [], from = 0
        for index in indices.compactMap({ Scalar($0).long }) {
            let place = index < 0 ? Int64(elements.count) + index : index
            let cut = min(max(Int(clamping: place), from), elements.count)
            parts.append(.array(Array(elements[from..<cut])))
            from = cut
        }
        return parts + [.array(Array(elements[from...]))]
    }

    /// The place of an occurrence of a value between two places, the last of which is counted by `length`.
    private static func index(_ arguments: [Scalar]) -> Scalar {
        guard let elements = arguments.elements(0) else { return .null(.long) }
        let value = arguments.packed(1), count = Int64(elements.count)
        let length = arguments.long(3) ?? -1
        var start = arguments.long(2) ?? 0, left = arguments.long(4) ?? 1
        guard length >= -1, left > 0 else { return .null(.long) }
        if start < 0 { start = max(0, count + start) }
        let end = length < 0 ? count : min(count, start.addingIfFits(length) ?? count)
        for index in stride(from: start, to: end, by: 1) where elements[Int(index)] == value {
            left -= 1
            if left == 0 { return .long(index) }
        }
        return .long(-1)
    }

    /// Element by element; a single value stands for every element.
    private static func chosen(_ arguments: [Scalar]) -> Scalar {
        guard let conditions = arguments.elements(0) else { return .null(.dynamic) }
        let sides = (1...2).map { arguments.elements($0) }
        return .array(
            conditions.enumerated().map { index, condition in
                guard let truth = Scalar(condition).truth else { return .null }
                let side = truth ? 0 : 1
                guard let elements = sides[side] else { return arguments.packed(side + 1) }
                return index < elements.count ? elements[index] : .null
            })
    }

    /// From start by steps up to and with the end where it is hit; at most ``ValueLimits/elements``.
    private static func range(_ arguments: [Scalar]) -> [Dynamic] {
        let isTime = arguments[0].type == .timespan || arguments[0].type == .datetime
        let step = arguments.count > 2 ? arguments[2] : isTime ? .timespan(36_000_000_000) : .long(1)
        let zero: Scalar = step.type == .timespan ? .timespan(0) : .long(0)
        guard let direction = Comparison.order(step, zero), direction != 0 else { return [] }
        var elements: [Dynamic] = [], value = arguments[0]
        while !value.isNull, elements.count < ValueLimits.elements, let order = Comparison.order(value, arguments[1]),
            order * direction <= 0
        {
            elements.append(value.packed)
            let next = Arithmetic.add(value, step)
            // Wrapping around ends a range, as does a step too small to move a real.
            guard let moved = Comparison.order(next, value), moved * direction > 0 else { break }
            value = next
        }
        return elements
    }
}
