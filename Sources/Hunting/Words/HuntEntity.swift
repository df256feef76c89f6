public import JSON

/// Something that a question names: an account, an address, a host.
public struct HuntEntity: Hashable, Sendable {
    /// Which part a name has in what happened: `from 10.0.0.1`, `to 10.0.0.1`, `by jdoe`.
    public enum Side: String, Hashable, Sendable {
        case from, to, by
    }

    /// What kind of thing it is.
    public let role: HuntRole
    /// The texts that stand for it, mostly one: `powershell` is `powershell.exe` and `pwsh.exe`.
    public let values: [String]
    /// Whether the question leaves it out: `not from svchost.exe`.
    public let isExcluded: Bool
    /// Which side it stood on, where that was said.
    public let side: Side?
    /// How the values are compared.
    let form: Form

    enum Form: Hashable, Sendable {
        case plain
        /// A part of the text: quoted words, folders, extensions.
        case part, ending
        /// A tool that may run under any name.
        case tool
        /// Country codes stand beside names.
        case country
        /// A dotted name that may be a host's or a domain's.
        case dotted
        case network
        /// A machine on the other side: that of `from` of a logon, that of `to` of a connection.
        case remote
        /// A word behind `from`, which may be a person or a place.
        case orPlace
    }

    init(
        _ role: HuntRole, _ values: [String], isExcluded: Bool = false, side: Side? = nil, form: Form = .plain
    ) {
        self.role = role
        self.values = values
        self.isExcluded = isExcluded
        self.side = side
        self.form = form
    }

    func with(role: HuntRole? = nil, isExcluded: Bool? = nil, side: Side?? = nil, form: Form? = nil) -> HuntEntity {
        HuntEntity(
            role ?? self.role, values, isExcluded: isExcluded ?? self.isExcluded, side: side ?? self.side,
            form: form ?? self.form)
    }

    /// `user jdoe`, for people.
    public var words: String { (isExcluded ? "not " : "") + role.rawValue + " " + values.joined(separator: " or ") }

    /// `{"role","values","excluded"}`.
    public var json: JSONValue {
        ["role": .string(role.rawValue), "values": JSONValue(values), "excluded": .bool(isExcluded)]
    }
}
