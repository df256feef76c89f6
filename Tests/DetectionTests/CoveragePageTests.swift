import Detection
import Foundation
import Sigma
import Tables
import Testing

/// A behaviour that other products detect, and what finds it here: a row of `catalogue.csv`.
struct CoveredBehaviour: Sendable {
    enum State: String { case covered, partly, not }

    let number: Int
    let title: String
    let state: State
    /// Names of rules and of detectors.
    let rules: [String], detectors: [String]
    let reason: String

    static let all: [CoveredBehaviour] = {
        let file = Folders.rules.appending(path: "catalogue.csv")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(whereSeparator: \.isNewline).dropFirst().compactMap { CoveredBehaviour(cells(of: String($0))) }
    }()

    private init?(_ cells: [String]) {
        guard cells.count == 5, let number = Int(cells[0]), let state = State(rawValue: cells[2]) else { return nil }
        self.number = number
        title = cells[1]
        self.state = state
        let names = cells[3].split(separator: ";").map(String.init)
        rules = names.filter { !$0.hasPrefix("detector:") }
        detectors = names.filter { $0.hasPrefix("detector:") }.map { String($0.dropFirst(9)) }
        reason = cells[4]
    }

    /// The cells of a line, of which some are in quotes.
    private static func cells(of line: String) -> [String] {
        var cells = [""], isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}

@Suite("What is detected")
struct CoveragePageTests {
    private static let begin = "<!-- coverage: written by RECORD=1 ./test.sh -->\n", end = "<!-- coverage ends -->"

    @Test("Of 178 behaviours at least 120 are covered, the others named with the reason")
    func count() {
        let all = CoveredBehaviour.all
        #expect(all.map(\.number) == Array(1...178))
        #expect(all.count { $0.state == .covered } >= 120)
        for behaviour in all {
            #expect((behaviour.state == .covered) == behaviour.reason.isEmpty, "\(behaviour)")
            #expect((behaviour.state == .not) == (behaviour.rules + behaviour.detectors).isEmpty, "\(behaviour)")
        }
    }

    @Test("What covers a behaviour is there, and a rule says of itself which ones it covers")
    func cover() {
        let rules = RulePackTests.rules.rules, detectors = Set(Detectors.all.map(\.id))
        for rule in RulePackTests.rules.reported {
            let own = rule.tags.compactMap { $0.hasPrefix("watchfloor.behaviour.") ? Int($0.dropFirst(21)) : nil }
            let listed = CoveredBehaviour.all.filter { $0.rules.contains(rule.name ?? "") }.map(\.number)
            #expect(own.sorted() == listed, "\(rule.name ?? rule.id)")
        }
        for behaviour in CoveredBehaviour.all {
            #expect(detectors.isSuperset(of: behaviour.detectors), "\(behaviour)")
            #expect(behaviour.rules.allSatisfy { name in rules.contains { $0.name == name } }, "\(behaviour)")
        }
    }

    @Test("The README's page says so")
    func page() throws {
        let file = Folders.root.appending(path: "README.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let begin = try #require(text.range(of: Self.begin)), end = try #require(text.range(of: Self.end))
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            let page = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: Self.page)
            try page.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(text[begin.upperBound..<end.lowerBound] == Self.page)
        }
    }

    private static var page: String {
        let all = CoveredBehaviour.all
        let count = { (state: CoveredBehaviour.State) in all.count { $0.state == state } }
        let rows = all.map { behaviour in
            let by = (behaviour.detectors.map { "**\($0)**" } + behaviour.rules).joined(separator: ", ")
            return "| \(behaviour.number) | \(behaviour.title) | \(behaviour.state.rawValue) | \(by) | \(behaviour.reason) |"
        }
        return """
            Of \(all.count) behaviours that eight vendors' published Okta rules look for, \(count(.covered)) are covered, \
            \(count(.partly)) partly, and \(count(.not)) not.

            <details><summary>All of them, with what finds each: <b>detectors</b> and rules</summary>

            | # | behaviour | state | found by | what is missing |
            |---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            </details>

            """
    }
}
