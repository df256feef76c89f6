/// A JSON value whose objects keep the order of their keys.
///
/// Records are written with their keys in the order of the contract, so dictionaries will not do.
/// Integers that fit 64 bits and all other numbers are told apart, so that text read and written
/// again is the same value.
///
/// ```swift
/// let record: JSONValue = ["id": "evt-1", "count": 5, "score": 0.72, "ids": ["a", "b"], "none": nil]
/// record["count"]?.integer  // 5
/// record.text               // {"id":"evt-1","count":5,"score":0.72,"ids":["a","b"],"none":null}
/// ```
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Always finite.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// Members in order; a repeated key is kept as it stood, and look-ups find the last one.
    case object([Member])

    /// One key of an object and its value.
    public struct Member: Hashable, Sendable {
        /// Told from others by its bytes.
        public let key: String
        /// Any value.
        public var value: JSONValue

        /// A member from its parts.
        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }

        public static func == (left: Member, right: Member) -> Bool {
            left.key.utf8.elementsEqual(right.key.utf8) && left.value == right.value
        }
    }

    /// Texts and keys are equal when their bytes are, never by Unicode equivalence.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSONValue {
    /// The value of a key of an object: the last, when it is repeated; `nil` where there is none.
    public subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    /// The value at a dotted path through objects and, by number, arrays.
    public subscript(path path: String) -> JSONValue? {
        var value = self
        for step in path.split(separator: ".") {
            if case .array(let elements) = value, let index = Int(step), elements.indices.contains(index) {
                value = elements[index]
            } else if let next = value[String(step)] {
                value = next
            } else {
                return nil
            }
        }
        return value
    }

    /// The text, if it is one; numbers are none.
    public var string: String? { if case .string(let string) = self { string } else { nil } }
    /// `true` or `false`, if it is one of them.
    public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
    /// The elements, if it is an array.
    public var array: [JSONValue]? { if case .array(let array) = self { array } else { nil } }
    /// The members in order, if it is an object.
    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    /// Whether it is `null`.
    public var isNull: Bool { self == .null }

    /// The whole number this is, also when it was written as `5.0`.
    public var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The number this is, whole or not.
    public var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// The strings of an array; elements of other types are passed over.
    public var strings: [String]? { array?.compactMap(\.string) }

    /// What kind of value this is, in JSON's words, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// A string, or null for `nil`.
    public init(_ string: String?) { self = string.map(JSONValue.string) ?? .null }

    /// An array of strings.
    public init(_ strings: [String]) { self = .array(strings.map(JSONValue.string)) }

    /// A number; one that is not finite becomes its name, as the contract writes reals.
    public init(_ number: Double) {
        if number.isFinite { self = .number(number) }
        else { self = .string(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity") }
    }

    /// This object with a member set: in its place where the key exists, else at the end.
    public func setting(_ key: String, to value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return .object([Member(key, value)]) }
        if let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
            members[index].value = value
        } else {
            members.append(Member(key, value))
        }
        return .object(members)
    }

    /// This object without a member.
    public func removing(_ key: String) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !$0.key.utf8.elementsEqual(key.utf8) })
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByStringInterpolation
{
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self.init(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
}
