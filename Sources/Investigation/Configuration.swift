internal import Connectors
public import Diagnostics
internal import Foundation
internal import JSON
public import Models

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The settings, each with where it came from: the environment, then `.env` in the working directory, then
/// `config.json` in the configuration folder.
public struct Configuration: Sendable {
    /// One setting.
    public struct Setting: Hashable, Sendable {
        public let name: String
        /// The value itself, also of a secret; show ``shown`` instead.
        public let value: String
        /// `environment`, `.env`, the path of `config.json`, or `default`.
        public let origin: String

        /// The value as it may be printed: secrets are hidden.
        public var shown: String { Configuration.isSecret(name) && !value.isEmpty ? "(hidden)" : value }
    }

    private var settings: [String: Setting] = [:]
    /// The values of Sigma's placeholders (`|expand`), by name: the object `placeholders` of `config.json`.
    public private(set) var placeholders: [String: [String]] = [:]
    /// What `config.json` says of models, in its order: the object `models`.
    public internal(set) var models: [ModelProfile] = []
    /// What could not be read or is not used, with the reason.
    public internal(set) var problems: [Diagnostic] = []
    /// The folder of `config.json` and of prompts that replace the built-in ones.
    public let folder: String

    /// Reads the three sources.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - workingDirectory: Where `.env` is looked for.
    public init(environment: [String: String], workingDirectory: String) {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.config"
        folder = base + "/watchfloor"
        read(configurationFile: folder + "/config.json")
        read(dotEnv: workingDirectory + "/.env")
        for (name, value) in environment where Self.known[name] != nil && !value.isEmpty {
            settings[name] = Setting(name: name, value: value, origin: "environment")
        }
        refuseMixedOrigins()
    }

    /// A setting's value: the configured one, else its default; `nil` where there is neither.
    public subscript(name: String) -> String? { setting(name)?.value }

    /// A setting with its origin.
    public func setting(_ name: String) -> Setting? {
        settings[name] ?? Self.known[name].flatMap { $0.isEmpty ? nil : Setting(name: name, value: $0, origin: "default") }
    }

    /// A setting as a number above 0.
    public func number(_ name: String) throws(Diagnostic) -> Double? {
        guard let setting = setting(name) else { return nil }
        guard let number = Double(setting.value), number.isFinite, number > 0 else {
            throw Diagnostic(
                "\(name) is not a number above 0 (from \(setting.origin))", remedy: "Set it to a number, such as 120",
                kind: .usage)
        }
        return number
    }

    /// All known settings, by name; those that are not set have no value.
    public var all: [(name: String, setting: Setting?)] { Self.known.keys.sorted().map { ($0, setting($0)) } }

    /// Whether a name means a secret: a service's token, key, secret, password or routing key, or a webhook URL.
    static func isSecret(_ name: String) -> Bool {
        ["_TOKEN", "_API_KEY", "_SECRET", "_PASSWORD", "_PRIVATE_KEY", "_ROUTING_KEY", "WEBHOOK_URL"]
            .contains { name.hasSuffix($0) }
    }

    /// The settings of this version and their defaults (`contract.md`, *Configuration*).
    private static let known: [String: String] = [
        "OKTA_ORG_URL": "", "OKTA_API_TOKEN": "", "OKTA_CLIENT_ID": "", "OKTA_KEY_ID": "", "OKTA_PRIVATE_KEY_FILE": "",
        "LLM_BASE_URL": "", "LLM_MODEL": "gpt-oss-20b",
        "LLM_API_KEY": "lm-studio", "LLM_MAX_TOKENS": "", "LLM_TIMEOUT": "120",
        "LLM_ASK_TOKENS": "50000", "LLM_ASK_COST": "", "PROMOTE_THRESHOLD": "0.6",
        "FAILED_LOGIN_BURST_COUNT": "5", "FAILED_LOGIN_BURST_WINDOW": "600", "IMPOSSIBLE_TRAVEL_WINDOW": "3600", "KNOWN_EXITS": "",
        "SUBSCRIPTION_ID": "", "RESOURCE_GROUP_NAME": "", "SENTINEL_WORKSPACE_NAME": "",
        "AZURE_TENANT_ID": "", "AZURE_CLIENT_ID": "", "AZURE_CLIENT_SECRET": "", "AZURE_LOGIN_URL": "",
        "LOG_ANALYTICS_URL": "", "GRAPH_URL": "", "AZURE_MANAGEMENT_URL": "", "DEFENDER_URL": "",
        "SLACK_WEBHOOK_URL": "", "PAGERDUTY_ROUTING_KEY": "", "PAGERDUTY_URL": "",
        "WEBHOOK_URL": "", "WEBHOOK_SECRET": "",
        "LOG_ANALYTICS_WORKSPACE_ID": "", "HUNT_DEFAULT_HOURS": "24", "HUNT_MAX_HOURS": "720",
        "KQL_TIMEOUT": "300", "KQL_MAX_ROWS": "500000",
    ]
}

// MARK: Sources

extension Configuration {
    private mutating func read(configurationFile path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return }
        guard let value = try? JSONValue(parsing: Array(data)), let members = value.members else {
            problems.append(Diagnostic(
                "`\(path)` is not a JSON object", remedy: "Mend it, or remove it", at: Place(file: path)))
            return
        }
        for member in members {
            if member.key == "placeholders" {
                read(placeholders: member.value, of: path)
                continue
            }
            if member.key == "models" {
                read(models: member.value, of: path)
                continue
            }
            let text = member.value.string ?? (member.value.double != nil ? member.value.text : nil)
            guard Self.known[member.key] != nil, let text else {
                problems.append(Diagnostic(
                    "`\(member.key)` in `\(path)` is not a setting", remedy: Self.known.keys.remedy(for: member.key)))
                continue
            }
            settings[member.key] = Setting(name: member.key, value: text, origin: path)
        }
    }

    private mutating func read(placeholders value: JSONValue, of path: String) {
        for member in value.members ?? [] {
            placeholders[member.key] = member.value.strings ?? member.value.string.map { [$0] }
        }
        let unread = value.members?.filter { placeholders[$0.key] == nil }.map(\.key) ?? ["placeholders"]
        for name in unread {
            problems.append(Diagnostic(
                "`\(name)` in `\(path)` is not a text or a list of texts",
                remedy: "Write {\"placeholders\": {\"Administrators\": [\"ann@example.com\"]}}", at: Place(file: path)))
        }
    }

    /// Reads `NAME=value` lines; quotes around a value and `export ` in front are taken away.
    private mutating func read(dotEnv path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == getuid(), status.st_mode & 0o022 == 0 else {
            problems.append(Diagnostic(
                "`.env` is not read: it does not belong to you, or others can write it",
                remedy: "Make it yours: chown, then chmod 600 .env", at: Place(file: path)))
            return
        }
        guard let data = FileManager.default.contents(atPath: path), data.count < 1_000_000 else { return }
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            var text = line.trimmingCharacters(in: .whitespaces)
            if text.hasPrefix("export ") { text = String(text.dropFirst(7)) }
            guard !text.hasPrefix("#"), let equals = text.firstIndex(of: "=") else { continue }
            let name = String(text[..<equals]).trimmingCharacters(in: .whitespaces)
            let value = Self.unquoted(String(text[text.index(after: equals)...]).trimmingCharacters(in: .whitespaces))
            if Self.known[name] != nil, !value.isEmpty {
                settings[name] = Setting(name: name, value: value, origin: ".env")
            }
        }
    }

    private static func unquoted(_ text: String) -> String {
        for quote in ["\"", "'"] where text.count >= 2 && text.hasPrefix(quote) && text.hasSuffix(quote) {
            return String(text.dropFirst().dropLast())
        }
        return text
    }

    /// A base URL from `.env` never meets a secret from elsewhere: a checked-out folder must not be able to send
    /// the user's key to a host of its choice.
    private mutating func refuseMixedOrigins() {
        for (url, secret) in [
            ("LLM_BASE_URL", "LLM_API_KEY"), ("OKTA_ORG_URL", "OKTA_API_TOKEN"), ("OKTA_ORG_URL", "OKTA_CLIENT_ID"),
            ("OKTA_ORG_URL", "OKTA_PRIVATE_KEY_FILE"), ("PAGERDUTY_URL", "PAGERDUTY_ROUTING_KEY"),
            ("WEBHOOK_URL", "WEBHOOK_SECRET"),
        ] {
            guard settings[url]?.origin == ".env", let key = settings[secret], key.origin != ".env" else { continue }
            settings[url] = nil
            problems.append(Diagnostic(
                "\(url) from .env is not used, because \(secret) comes from \(key.origin)",
                remedy: "Set both in the same place", kind: .usage))
        }
        refuseAzureAddresses()
    }

    /// Without a secret beside them, addresses of Microsoft's services would get the user's own sign-in.
    private mutating func refuseAzureAddresses() {
        let secret = settings["AZURE_CLIENT_SECRET"]?.origin
        guard secret != ".env" else { return }
        for url in AzureAddresses.settings where settings[url]?.origin == ".env" {
            settings[url] = nil
            problems.append(Diagnostic(
                "\(url) from .env is not used, because the sign-in comes from \(secret ?? "elsewhere")",
                remedy: "Set it in the environment, or set AZURE_CLIENT_SECRET in the same place", kind: .usage))
        }
    }
}
