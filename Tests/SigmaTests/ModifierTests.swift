import Sigma
import Testing

/// One row: a line of a selection, the value of `actor.detail`, whether the rule fires.
@Suite("Sigma's modifiers, one row each")
struct ModifierTests {
    @Test("Texts", arguments: [
        ("actor.detail: ann", #""ANN""#, true),
        ("actor.detail: ann", #""anna""#, false),
        ("actor.detail|cased: ann", #""ann""#, true),
        ("actor.detail|cased: ann", #""Ann""#, false),
        ("actor.detail|contains: nn", #""aNNa""#, true),
        ("actor.detail|contains: nx", #""anna""#, false),
        ("actor.detail|contains|cased: NN", #""anna""#, false),
        ("actor.detail|startswith: an", #""ANNA""#, true),
        ("actor.detail|startswith: nn", #""anna""#, false),
        ("actor.detail|endswith: na", #""annA""#, true),
        ("actor.detail|endswith: an", #""anna""#, false),
        ("actor.detail|contains: 'a*c'", #""xabbcx""#, true),
        ("actor.detail|contains: 123", #""a1234""#, true),
        ("actor.detail|contains: ''", #""""#, true),
        ("actor.detail|contains|all: [b, a]", #""ab""#, true),
        ("actor.detail|contains|all: [b, c]", #""ab""#, false),
        ("actor.detail|contains: [b, c]", #""ab""#, true),
        ("actor.detail|all: [a, b]", #"["b", "a"]"#, true),
        ("actor.detail|all: [a, b]", #"["a"]"#, false),
        ("actor.detail|all: a", #""a""#, true),
        ("actor.detail|neq: ann", #""bob""#, true),
        ("actor.detail|neq: ann", #""Ann""#, false),
        ("actor.detail|neq: [ann, bob]", #""bob""#, false),
        ("actor.detail|contains|neq: nn", #""anna""#, false),
        ("actor.detail|neq: ann", "null", true),
        ("actor.detail|windash|contains: ' -enc'", #""cmd /enc x""#, true),
        ("actor.detail|windash|contains: ' -enc'", #""cmd –enc x""#, true),
        ("actor.detail|windash|contains: ' /a-b'", #""cmd ―a-b""#, true),
        ("actor.detail|windash|contains: ' /a-b'", #""cmd /a/b""#, false),
        ("actor.detail|contains|windash: '-a'", #""x —a""#, true),
    ])
    func texts(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    @Test("Encoded texts", arguments: [
        ("actor.detail|base64: admin", #""YWRtaW4=""#, true),
        ("actor.detail|base64: admin", #""xYWRtaW4=""#, false),
        ("actor.detail|base64|contains: foobar", #""xZm9vYmFyx""#, true),
        ("actor.detail|base64offset|contains: /bin/sh", #""eC9iaW4vc2h4""#, true),  // x/bin/shx
        ("actor.detail|base64offset|contains: /bin/sh", #""eHgvYmluL3NoeA==""#, true),  // xx/bin/shx
        ("actor.detail|base64offset|contains: /bin/sh", #""eHh4L2Jpbi9zaA==""#, true),  // xxx/bin/sh
        ("actor.detail|base64offset|contains: /bin/sh", #""L2Jpbi9kYXNo""#, false),  // /bin/dash
        ("actor.detail|wide|base64: cmd", #""YwBtAGQA""#, true),
        ("actor.detail|utf16le|base64: cmd", #""YwBtAGQA""#, true),
        ("actor.detail|utf16be|base64: cmd", #""AGMAbQBk""#, true),
        ("actor.detail|utf16|base64: cmd", #""//5jAG0AZAA=""#, true),
        ("actor.detail|wide|base64: é", #""6QA=""#, true),
        ("actor.detail|wide|base64offset|contains: ping", #""eABwAGkAbgBnAA==""#, true),
        ("actor.detail|wide: ab", #""a\u0000b\u0000""#, true),
        ("actor.detail|wide|contains: ab", #""ab""#, false),
    ])
    func encodings(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    @Test("Regular expressions", arguments: [
        ("actor.detail|re: 'n+a$'", #""anna""#, true),
        ("actor.detail|re: '^nn'", #""anna""#, false),
        ("actor.detail|re: ANN", #""anna""#, false),
        ("actor.detail|re|i: ANN", #""anna""#, true),
        ("actor.detail|re: '^b'", #""a\nb""#, false),
        ("actor.detail|re|m: '^b'", #""a\nb""#, true),
        ("actor.detail|re: a.b", #""a\nb""#, false),
        ("actor.detail|re|s: a.b", #""a\nb""#, true),
        ("actor.detail|re|i|m|s: ^B.C$", #""a\nb\nc""#, true),
        ("actor.detail|re: '%x%'", #""%x%""#, true),
        ("actor.detail|re: '50%'", #""50% off""#, true),
        ("actor.detail|re|neq: ^a", #""bob""#, true),
        ("actor.detail|re|all: [a, b]", #""ab""#, true),
        ("actor.detail|re|all: [a, c]", #""ab""#, false),
        ("actor.detail|re|contains: n", #""anna""#, true),
        ("actor.detail|re|startswith: n|a", #""bna""#, false),
        ("actor.detail|re|endswith: n|a", #""bna""#, true),
        (#"actor.detail|re: \d{3}"#, "1234", true),
        ("actor.detail|re: '^true$'", "true", true),
        ("actor.detail|re: null", "null", false),
    ])
    func expressions(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    @Test("Numbers, addresses, times, existence", arguments: [
        ("actor.detail|lt: 5", "4.9", true), ("actor.detail|lt: 5", "5", false),
        ("actor.detail|lte: 5", "5", true), ("actor.detail|lte: 5", "5.1", false),
        ("actor.detail|gt: 5", "6", true), ("actor.detail|gt: 5", "5", false),
        ("actor.detail|gte: 5", "5", true), ("actor.detail|gte: 5", "-6", false),
        ("actor.detail|gt: 5", #""6""#, true), ("actor.detail|gt: 5", #""many""#, false),
        ("actor.detail|gt: '5'", "6", true), ("actor.detail|gt: -1.5e1", "-14", true),
        ("actor.detail|neq|gt: 5", "4", true), ("actor.detail|gt: 5", "null", false),
        ("actor.detail|cidr: 10.0.0.0/8", #""10.255.0.1""#, true),
        ("actor.detail|cidr: 10.0.0.0/8", #""11.0.0.1""#, false),
        ("actor.detail|cidr: 10.1.2.3/8", #""10.255.0.1""#, true),
        ("actor.detail|cidr: 0.0.0.0/0", #""198.51.100.7""#, true),
        ("actor.detail|cidr: 198.51.100.7", #""198.51.100.7""#, true),
        ("actor.detail|cidr: [10.0.0.0/8, 192.168.0.0/16]", #""192.168.9.9""#, true),
        ("actor.detail|cidr|neq: 10.0.0.0/8", #""11.0.0.1""#, true),
        ("actor.detail|cidr: 2001:db8::/33", #""2001:0DB8:7fff::1""#, true),
        ("actor.detail|cidr: 2001:db8::/33", #""2001:db8:8000::1""#, false),
        ("actor.detail|cidr: '::/0'", #""10.0.0.1""#, false),
        ("actor.detail|cidr: 10.0.0.0/8", #""::ffff:10.1.1.1""#, true),
        ("actor.detail|cidr: 10.0.0.0/8", #""10.0.0""#, false),
        ("actor.detail|cidr: 10.0.0.0/8", #""10.0.0.1:443""#, false),
        ("actor.detail|minute: 59", #""2024-02-29T23:59:01.5Z""#, true),
        ("actor.detail|hour: 21", #""2024-02-29T23:59:01+02:00""#, true),
        ("actor.detail|hour|gte: 22", #""2024-02-29T23:59:01Z""#, true),
        ("actor.detail|hour|lt: 6", #""2024-02-29T23:59:01Z""#, false),
        ("actor.detail|day: 29", #""2024-02-29T23:59:01Z""#, true),
        ("actor.detail|month: [1, 2]", #""2024-02-29T23:59:01Z""#, true),
        ("actor.detail|year: 2024", #""2024-02-29""#, true),
        ("actor.detail|week: 1", #""2024-12-30T00:00:00Z""#, true),
        ("actor.detail|week: 53", #""2021-01-03T00:00:00Z""#, true),
        ("actor.detail|week: 9", #""2024-02-29T23:59:01Z""#, true),
        ("actor.detail|hour: 1", #""yesterday""#, false),
        ("published|year: 2025", #""x""#, true),
        ("actor.detail|exists: true", #""x""#, true), ("actor.detail|exists: true", "null", true),
        ("actor.detail|exists: true", "[]", true), ("actor.detail|exists: false", "null", false),
        ("actor.other|exists: true", #""x""#, false), ("actor.other|exists: false", #""x""#, true),
        ("actor.other|exists: 'no'", #""x""#, true), ("actor.detail.x|exists: true", #"[{"y": 1}, {"x": null}]"#, true),
    ])
    func figures(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    @Test("Two fields of one event", arguments: [
        ("actor.detail|fieldref: actor.id", #""U1""#, true),
        ("actor.detail|fieldref: actor.id", #""u2""#, false),
        ("actor.detail|fieldref|cased: actor.id", #""U1""#, false),
        ("actor.detail|fieldref|neq: actor.id", #""u2""#, true),
        ("actor.detail|fieldref|contains: actor.id", #""xU1x""#, true),
        ("actor.detail|fieldref|startswith: actor.id", #""u1x""#, true),
        ("actor.detail|fieldref|endswith: actor.id", #""xu1""#, true),
        ("actor.detail|fieldref|endswith: actor.id", #""u1x""#, false),
        ("actor.detail|fieldref: actor.none", #""u1""#, false),
        ("actor.detail|fieldref: actor.none", "null", false),
        ("actor.detail|fieldref: actor.id", #"["x", "u1"]"#, true),
        ("actor.id|fieldref: ACTOR.detail", #""u1""#, true),
    ])
    func references(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    @Test("Placeholders stand for the values of the configuration", arguments: [
        ("actor.detail|expand: '%Servers%'", #""web9""#, true),
        ("actor.detail|expand: '%Servers%'", #""db""#, true),
        ("actor.detail|expand: '%Servers%'", #""dbx""#, false),
        ("actor.detail: '%Servers%'", #""%Servers%""#, true),
        ("actor.detail: '%Servers%'", #""db""#, false),
        ("actor.detail|contains|expand: 'on %Servers%.'", #""runs on db.local""#, true),
        (#"actor.detail|expand: '\%Servers%Servers%'"#, #""%Serversdb""#, true),
        ("actor.detail|expand: '50% %none'", #""50% %none""#, true),
        ("actor.detail|re|expand: '^%Hosts%$'", #""a.b""#, true),
        ("actor.detail|re|expand: '^%Hosts%$'", #""axb""#, false),
        ("actor.detail|cidr|expand: '%Nets%'", #""10.1.1.1""#, true),
        ("actor.detail|base64|expand: '%Hosts%'", #""YS5i""#, true),
    ])
    func placeholders(selection: String, value: String, fires: Bool) async throws { try await expect(selection, value, fires) }

    private func expect(_ selection: String, _ value: String, _ fires: Bool) async throws {
        let rules = ruleSet(
            sigmaRule("selection:\n    \(selection)\ncondition: selection"),
            placeholders: ["Servers": ["web*", "db"], "Hosts": ["a.b"], "Nets": ["10.0.0.0/8"]])
        #expect(rules.refusalLines == [])
        let event = #"{"published": "2025-11-12T18:00:00Z", "actor": {"id": "u1", "detail": \#(value)}}"#
        #expect(try await rules.matches(event) == fires)
    }
}
