public import Diagnostics
internal import JSON
internal import Models

extension Configuration {
    /// Reads the object `models` of `config.json`; what is wrong in it becomes a problem, and the rest counts.
    mutating func read(models value: JSONValue, of path: String) {
        guard let members = value.members else {
            problems.append(Diagnostic(
                "`models` in `\(path)` is not an object",
                remedy: "Write {\"models\": {\"gpt-oss-20b\": {\"context\": 131072}}}", at: Place(file: path)))
            return
        }
        for member in members {
            let (profile, faults) = ModelProfile.read(member.key, member.value)
            problems += faults.map { Diagnostic($0.problem, remedy: $0.remedy, kind: $0.kind, at: Place(file: path)) }
            if member.value.members != nil { models.append(profile) }
        }
    }

    /// A setting as a number from 0 on.
    func amount(_ name: String) throws(Diagnostic) -> Double? {
        guard let setting = setting(name) else { return nil }
        guard let number = Double(setting.value), number.isFinite, number >= 0 else {
            throw Diagnostic(
                "\(name) is not a number from 0 on (from \(setting.origin))",
                remedy: "Set it to a number, such as 50000; 0 never asks", kind: .usage)
        }
        return number
    }
}

extension ModelBudget {
    /// Takes `LLM_ASK_TOKENS`, `LLM_ASK_COST` and the models of a configuration; 0 is no limit.
    ///
    /// - Throws: When a setting is no number.
    public mutating func take(_ configuration: Configuration) throws(Diagnostic) {
        askTokens = try configuration.amount("LLM_ASK_TOKENS").flatMap { $0 >= 1 ? Int(min($0, 1e12)) : nil }
        askCost = try configuration.amount("LLM_ASK_COST").flatMap { $0 > 0 ? $0 : nil }
        profiles = configuration.models
    }
}
