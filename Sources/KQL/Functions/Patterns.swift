internal import RegularExpressions

extension ScalarFunctions {
    /// What regular expressions take out of a text.
    static let patterns: [ScalarFunction] = [
        ScalarFunction(
            "extract", [.pattern("regex"), .integer("captureGroup"), .string("source"), .typeName.optional],
            .named(at: 3, else: .string)
        ) { arguments, context in
            let type = arguments.count > 3 ? ScalarType(written: arguments.text(3)) ?? .string : .string
            let bytes = Array(arguments.text(2).utf8)
            guard let group = arguments.long(1), let index = Int(exactly: group),
                let ranges = context.patterns.pattern(arguments.text(0))?.firstMatch(in: bytes)?.ranges,
                ranges.indices.contains(index), let range = ranges[index]
            else { return .none(type) }
            return Scalar.string(String(decoding: bytes[range], as: UTF8.self)).converted(to: type)
        },
        ScalarFunction(
            "extract_all", aliases: ["extractall"],
            [
                FunctionParameter.string("regex").holding(.patternWithGroups),
                FunctionParameter("captureGroups", [.string, .dynamic]),
                .string("source").optional,
            ],
            // The source stands last; with three arguments the groups stand before it.
            ResultRule { $0[1].type == ($0.count > 2 ? .dynamic : .string) ? .dynamic : nil }
        ) { arguments, context in
            let source = arguments.text(arguments.count - 1)
            guard let pattern = context.patterns.pattern(arguments.text(0)),
                let groups = groups(arguments, count: pattern.groupCount)
            else { return .null(.dynamic) }
            return extractedAll(pattern, groups, Array(source.utf8))
        },
    ]

    private static func extractedAll(_ pattern: RegularExpression, _ groups: [Int], _ bytes: [UInt8]) -> Scalar {
        var found: [Dynamic] = []
        pattern.forEachMatch(in: bytes) { ranges in
            guard found.count < ValueLimits.elements else { return }
            let parts: [Dynamic] = groups.map { group in
                .string(ranges[group].map { String(decoding: bytes[$0], as: UTF8.self) } ?? "")
            }
            found.append(parts.count == 1 ? parts[0] : .array(parts))
        }
        return found.isEmpty ? .null(.dynamic) : .array(found)
    }

    /// The groups asked for, by number or name; all of them where none are.
    private static func groups(_ arguments: [Scalar], count: Int) -> [Int]? {
        guard arguments.count > 2 else { return count > 0 ? Array(1...count) : [0] }
        let names = groupNames(in: arguments.text(0))
        let groups = (arguments.elements(1) ?? []).compactMap { element -> Int? in
            if case .string(let name) = element { return names[name] }
            return Scalar(element).long.flatMap { Int(exactly: $0) }
        }
        return !groups.isEmpty && groups.allSatisfy((0...count).contains) ? groups : nil
    }

    /// The numbers of the named groups of a pattern.
    private static func groupNames(in pattern: String) -> [String: Int] {
        var names: [String: Int] = [:], group = 0, inClass = false, isEscaped = false
        let bytes = Array(KustoPattern.rewritten(pattern).utf8)
        for (index, byte) in bytes.enumerated() {
            if isEscaped { isEscaped = false; continue }
            switch byte {
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "(") where !inClass:
                let rest = bytes[(index + 1)...]
                let isNamed = rest.starts(with: "?P<".utf8)
                guard isNamed || rest.first != UInt8(ascii: "?") else { continue }
                group += 1
                if isNamed {
                    names[String(decoding: rest.dropFirst(3).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)] = group
                }
            default: break
            }
        }
        return names
    }
}
