internal import Events

extension Playbook {
    /// An account that commands are about, with every value checked.
    struct Account {
        /// The Okta id, when it is one.
        let id: String?
        /// The login, when it is harmless.
        let login: String?
        /// An address of the incident, when it is one.
        let address: String?
        /// `User`, `PublicClientApp`, …, when the log says.
        let type: String?

        /// - Parameter name: The login, where the log has it elsewhere than in the account's own events.
        init(_ key: String, name: String? = nil, _ incident: SecurityIncident, in file: CaseFile) {
            let last = file.events.rowsOfActor(key).last.map { file.events[$0] }
            id = OktaRequest.userID(key)
            login = OktaRequest.login(last?.actorLogin ?? name ?? key)
            address = incident.ips.lazy.compactMap { OktaRequest.address($0) }.first
            type = last?.actorType
        }

        /// Whether it has sessions, a password and factors.
        var isUser: Bool { type.map { $0.lowercased() == "user" } ?? true }

        /// What people call it; never unchecked text.
        var shown: String { login ?? id ?? "an account whose name is not safe to show in a command" }

        /// Checked values by placeholder.
        var values: [String: String] { id.map { ["userId": $0] } ?? [:] }

        /// The System Log filter for its events; `nil` when nothing about it may be quoted.
        var filter: String? {
            if let id { return #"actor.id eq "\#(id)" or target.id eq "\#(id)""# }
            if let login { return #"actor.alternateId eq "\#(login)" or target.alternateId eq "\#(login)""# }
            return address.map { #"client.ipAddress eq "\#($0)""# }
        }

        /// What the filter could not be made of.
        var filterNote: String {
            if id != nil { return "" }
            if login != nil { return "Filters by login: the log has no Okta id for this account." }
            let left = "The account's name is left out: it has characters that a shell could obey."
            return address == nil ? left + " The whole time range is read." : left + " Filters by address instead."
        }

        /// Why there are no commands about sessions, password and factors.
        var typeNote: String {
            guard !isUser else { return "" }
            let kinds = ["PublicClientApp", "SystemPrincipal"]
            let type = kinds.first { $0 == self.type } ?? "actor that is no user"
            return "\(shown) is a \(type): it has no sessions, password or factors, "
                + "so the commands for users are left out."
        }

        /// How to find the id of a user of whom the log has only a login.
        func lookUp(_ org: String) -> String {
            guard id == nil else { return "" }
            guard let login else {
                return "{userId} is unknown, and the login in the log is left out: "
                    + "it has characters that a shell could obey. Look the account up in the Admin Console."
            }
            let request = OktaRequest("GET", "/api/v1/users/" + OktaRequest.encoded(login))
            return "{userId} is unknown: the log has only `\(login)`. Find the id with: \(request.line(org: org))"
        }
    }
}
