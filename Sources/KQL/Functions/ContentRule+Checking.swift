internal import Diagnostics
internal import RegularExpressions

extension FunctionParameter.ContentRule {
    /// Why a constant will not do; `nil` where it does.
    func fault(of constant: Scalar, function: String) -> FunctionFault? {
        let text = constant.text
        switch self {
        case .any: return nil
        case .pattern: return Self.patternFault(text, function, groups: false)
        case .patternWithGroups: return Self.patternFault(text, function, groups: true)
        case .datetimeFormat:
            return DatetimeFormat(text) == nil
                ? Self.formatFault(text, function, "y M d H h m s f F tt and / - : , . _ [ ]") : nil
        case .timespanFormat:
            return TimespanFormat(text) == nil
                ? Self.formatFault(text, function, "d h m s f F and / - : , . _ [ ]") : nil
        case .word(let words):
            guard !words.contains(where: { $0.lowercased() == text.lowercased() }) else { return nil }
            return FunctionFault(
                "SEM0001", "\(function)(): '\(text)' is not a valid value", suggestion: "\(words.remedy(for: text))")
        case .typeName:
            return ScalarType(written: text) == nil ? FunctionFault("SEM0001", "unknown type '\(text)'") : nil
        }
    }

    /// The engine says of an ill-formed pattern that the query could not be parsed.
    private static func patternFault(_ text: String, _ function: String, groups: Bool) -> FunctionFault? {
        do throws(Diagnostic) {
            let pattern = try KustoPattern.compile(text)
            guard groups, pattern.groupCount == 0 else { return nil }
            return FunctionFault(
                "SEM0420", "\(function)(): the pattern has no group in brackets",
                suggestion: "Put the part to extract in round brackets.")
        } catch {
            return FunctionFault(
                "SYN0420", "Regex pattern is ill-formed: \(text): \(error.problem)", suggestion: error.remedy)
        }
    }

    private static func formatFault(_ text: String, _ function: String, _ allowed: String) -> FunctionFault {
        FunctionFault(
            "SEM0001", "\(function)(): '\(text)' is not a valid format", suggestion: "A format is made of \(allowed).")
    }
}
