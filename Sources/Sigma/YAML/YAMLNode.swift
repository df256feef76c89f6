internal import Diagnostics

/// A piece of a YAML document, and where it begins.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLPair])
    }

    let content: Content
    let mark: YAMLMark
    /// How many nodes it is made of, itself counted.
    let size: Int

    init(_ content: Content, at mark: YAMLMark) {
        self.content = content
        self.mark = mark
        size =
            switch content {
            case .scalar: 1
            case .sequence(let elements): elements.reduce(1) { $0 + $1.size }
            case .mapping(let pairs): pairs.reduce(1) { $0 + $1.value.size + 1 }
            }
    }
}

/// A key of a mapping and its value.
struct YAMLPair: Sendable {
    let key: String
    let mark: YAMLMark
    let value: YAMLNode
}

/// Line and column, counted from 1.
struct YAMLMark: Hashable, Sendable {
    let line: Int
    let column: Int
}

extension YAMLNode {
    var scalar: YAMLScalar? { if case .scalar(let scalar) = content { scalar } else { nil } }
    var elements: [YAMLNode]? { if case .sequence(let elements) = content { elements } else { nil } }
    var pairs: [YAMLPair]? { if case .mapping(let pairs) = content { pairs } else { nil } }

    /// The value of a key of a mapping.
    subscript(key: String) -> YAMLNode? { pairs?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }

    /// The text of a scalar that is not null.
    var text: String? { scalar.flatMap { $0.isNull ? nil : $0.text } }

    /// The texts of a sequence, or of a scalar as a sequence of one; other elements are passed over.
    var texts: [String] { (elements ?? [self]).compactMap(\.text) }

    /// In words, for messages.
    var kind: String {
        switch content {
        case .scalar(let scalar): scalar.isNull ? "null" : "a single value"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}

/// A scalar: its text, and whether it stood without quotes, so that it may mean null, a boolean or a number.
///
/// Plain scalars mean what YAML 1.2's core schema says (https://yaml.org/spec/1.2.2/#103-core-schema), to which Sigma's
/// specification refers: `no` and `on` are texts.
struct YAMLScalar: Hashable, Sendable {
    let text: String
    let isPlain: Bool
    /// Whether it is a literal block (`|`), whose lines are those of the file from the next one on.
    var isLiteral = false

    var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }

    var bool: Bool? {
        guard isPlain else { return nil }
        if ["true", "True", "TRUE"].contains(text) { return true }
        return ["false", "False", "FALSE"].contains(text) ? false : nil
    }

    /// The number that a plain scalar is.
    var number: Double? {
        guard isPlain else { return nil }
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map(Double.init) }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map(Double.init) }
        return DecimalNumber.parse(text)
    }
}
