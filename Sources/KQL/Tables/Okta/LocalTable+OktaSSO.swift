public import Events

// What queries written for a Sentinel workspace read besides the connectors' own tables.

extension LocalTable {
    /// The tables of a session's events as the workspace of a Sentinel customer has them: `Okta_CL`, `OktaV2_CL`,
    /// `OktaSSO`, and the session's own `OktaSystemLog`. As cheap as each of them.
    ///
    /// `OktaSSO` is the function of the solution "Okta Single Sign-On" (Azure/Azure-Sentinel, MIT), which shows the
    /// rows of both connectors under the first one's names: here each event once.
    ///
    /// - Parameter extra: Further columns of `Okta_CL` and `OktaSSO`, see ``looseColumns(in:)``.
    public static func okta(_ events: EventTable, extra: [String] = []) -> [LocalTable] {
        let further = extra.map { name in OktaColumn.oktaCLColumn(ColumnSchema(name, type(of: name))) }
        let first = okta("Okta_CL", OktaColumn.oktaCL + further.filter { !OktaColumn.oktaCL.has($0) }, events)
        let both = okta("OktaSSO", OktaColumn.oktaSSO + further.filter { !OktaColumn.oktaSSO.has($0) }, events)
        return [oktaSystemLog(events), first, oktaV2(events), both]
    }

    /// The words of a query that may be columns of `Okta_CL` which no list knows: the connector made a column for
    /// whatever key it met, and `debugContext.debugData` and `transaction.detail` have no fixed keys. Sorted.
    public static func looseColumns(in query: String) -> [String] {
        let words = query.utf8.split { !isLetter($0) }.lazy.filter { $0.count <= 200 }.map { String($0) ?? "" }
        let found = words.filter { word in
            loosePrefixes.contains { word.utf8.starts(with: $0.utf8) && word.utf8.count > $0.utf8.count + 2 }
                && OktaColumn.typeLetters.contains { word.utf8.suffix(2).elementsEqual($0.letters.utf8) }
        }
        return Array(Set(found)).sorted { $0.precedes($1) }
    }

    private static let loosePrefixes = ["debugContext_debugData_", "transaction_detail_"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func type(of name: String) -> ScalarType {
        OktaColumn.typeLetters.first { name.utf8.suffix(2).elementsEqual($0.letters.utf8) }?.type ?? .string
    }
}

extension [OktaColumn] {
    fileprivate func has(_ column: OktaColumn) -> Bool { contains { $0.schema.name.isSame(as: column.schema.name) } }
}

extension EventField {
    /// The field whose text a column of a table of Okta events shows unchanged: `actor_alternateId_s`, `SrcIpAddr`,
    /// `client_ipAddress`. `nil` for other names.
    public init?(queryColumn name: String) {
        guard let field = Self.queryColumns[name] else { return nil }
        self = field
    }

    private static let queryColumns: [String: EventField] = {
        var fields: [String: EventField] = [:]
        for column in OktaColumn.systemLog + OktaColumn.oktaCL + OktaColumn.oktaV2 + OktaColumn.oktaSSO
        where column.schema.type == .string {
            // The second connector leaves some logins and ids blank, and the others are as they are.
            let isWord = ["EventSeverity", "EventResult", "ActorUserType"].contains(column.schema.name)
            if case .field(let field, _) = column.source, !isWord { fields[column.schema.name] = field }
        }
        return fields
    }()
}
