internal import Diagnostics
internal import KQL

extension HuntRuleSubject {
    /// What the rule does otherwise than the hunt, and what to look at before it is deployed.
    func notes(on general: GeneralQuery, _ entities: [HuntRule.Entity]) -> [String] {
        var notes: [String] = []
        if !general.removals.isEmpty {
            let texts = general.removals.map { "`\($0.text.visible(limit: 160))`" }
            notes.append("It asks for all, without \(texts.joined(separator: " and ")).")
        }
        for remark in general.remarks {
            let note = Self.words(remark)
            if !notes.contains(note) { notes.append(note) }
        }
        let known = Set((names + general.removals.flatMap(\.values)).map(Self.short))
        let left = Self.unique(general.texts.filter { !$0.isEmpty && known.contains(Self.short($0)) })
        if !left.isEmpty {
            let listed = left.prefix(5).map { "`\($0.visible(limit: 80))`" }.joined(separator: ", ")
            notes.append("It still names \(listed): look at the query before it is deployed.")
        }
        if !entities.contains(where: { ["Host", "Account", "IP"].contains($0.type) }) {
            notes.append("Its results name no account, machine or address, so alerts do not either.")
        }
        if hunt.place == .graph {
            notes.append(
                "It was hunted in Defender's advanced hunting; the workspace needs the same tables (Defender XDR "
                    + "connector).")
        }
        return notes
    }

    /// A machine without its domain, an account without its own; an address as it is.
    private static func short(_ name: String) -> String {
        let name = name.lowercased()
        return name.first?.isNumber ?? true ? name : String(name.prefix { $0 != "." && $0 != "@" })
    }

    private static func words(_ remark: GeneralQuery.Remark) -> String {
        func shown(_ text: String) -> String { "`\(text.visible(limit: 160))`" }
        return switch remark {
        case .mixed(let text): "\(shown(text)) asks for one of them or for something else, and is kept."
        case .excludes(let text): "It goes on leaving out what the hunt left out: \(shown(text))."
        case .group(let text): "It goes on asking for a group of them: \(shown(text))."
        case .subtracted(let text): "\(shown(text)) is kept, as it says what is left out."
        case .joined: "It joins parts that each lost a condition, so they may be of different machines or accounts."
        case .ranked(let text): "The hunt took the first (\(shown(text))); the rule reports all of them."
        case .limited(let text): "It goes on taking some rows only: \(shown(text))."
        case .counted(let text): "The hunt counted (\(shown(text))); the rule reports what was counted."
        case .comparesTimes, .comparesInstants:
            "It compares stretches of time, so its own conditions on the time are kept."
        }
    }
}
