import Diagnostics
import JSON
import Tables

// What the parts of a `why` are made of.
extension WhyText {
    func head(_ parts: [String]) -> [String] {
        let severity = parts[0], rest = parts.dropFirst().joined(separator: " · ")
        var lines = wrap("\(severity) · \(rest)", width: screen.width, indent: 2)
        lines[0] = lines[0].replacingFirst(severity, with: screen.paint(severity, .severity(severity)))
        return lines
    }

    func labelled(_ label: String, _ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let width = 13
        let wrapped = wrap(text, width: screen.width, indent: width)
        guard let first = wrapped.first else { return [] }
        let head = "  " + label + String(repeating: " ", count: max(1, width - 2 - label.count))
        return [screen.paint(head, .dim) + first.dropFirst(width)] + wrapped.dropFirst()
    }

    func verdicts(_ record: JSONValue) -> [String] {
        let said = (record["verdicts"]?.array ?? []).map { verdict in
            let reason = verdict["reason"]?.string.map { ": \($0)" } ?? ""
            return "\(text(verdict, "verdict")) (\(text(verdict, "source")))\(reason)"
        }
        return labelled("verdict", said.joined(separator: "; "))
    }

    func span(_ record: JSONValue, _ first: String, _ last: String) -> String {
        let times = [first, last].compactMap { record[$0]?.string.flatMap { Timestamp($0) } }
        guard let first = times.first, let last = times.last else { return "–" }
        let start = first.date.suffix(5) + " " + first.timeOfDay.prefix(5)
        if first == last { return String(start) }
        let end = last.timeOfDay.prefix(5)
        return first.date == last.date ? "\(start) → \(end)" : "\(start) → \(last.date.suffix(5)) \(end)"
    }

    func list(_ value: JSONValue?) -> String {
        let texts = value?.strings ?? []
        return texts.prefix(8).joined(separator: ", ") + (texts.count > 8 ? " and \(texts.count - 8) more" : "")
    }

    func text(_ record: JSONValue, _ key: String) -> String { record[key]?.string ?? record[key].flatMap { $0.isNull ? nil : $0.text } ?? "–" }
}

extension String {
    fileprivate func replacingFirst(_ text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return replacingCharacters(in: range, with: other)
    }

    private func replacingCharacters(in range: Range<Index>, with other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
