/// What a column says about an event, whatever the table calls it.
public enum HuntRole: String, CaseIterable, Hashable, Sendable {
    case user, host, address, country, domain, process, parent, file, folder
    case registryKey = "registry key"
    case port, application
    case agent = "user agent"
    case hash, command, action, target, severity, title, category
    case outcome, city, technique

    /// The role that a noun of a question names, in the vocabulary's words.
    init?(noun: String) {
        switch noun {
        case "user", "caller", "actor", "member", "admin": self = .user
        case "host", "vm": self = .host
        case "address", "source", "destination": self = .address
        case "country": self = .country
        case "process", "parent", "command": self = noun == "process" ? .process : noun == "parent" ? .parent : .command
        case "port": self = .port
        case "app": self = .application
        case "file": self = .file
        case "folder": self = .folder
        case "url", "domain": self = .domain
        case "useragent": self = .agent
        case "operation", "activity", "event": self = .action
        case "target": self = .target
        case "severity": self = .severity
        case "title": self = .title
        case "category": self = .category
        case "technique": self = .technique
        case "outcome": self = .outcome
        case "city": self = .city
        case "registry", "key": self = .registryKey
        case "hash": self = .hash
        default: return nil
        }
    }
}
