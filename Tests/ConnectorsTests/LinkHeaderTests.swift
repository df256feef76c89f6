import HTTP
import Testing

@testable import Connectors

@Suite("Link headers")
struct LinkHeaderTests {
    @Test(
        "Targets by relation",
        arguments: [
            ([], "next", nil as String?), ([""], "next", nil), (["nonsense"], "next", nil), (["<a>"], "next", nil),
            (["<a>; rel=next"], "next", "a"), ([#"<a>;rel="next""#], "next", "a"),
            ([#"<a> ; REL = "NEXT""#], "next", "a"),
            ([#"<a>; rel="self", <b>; rel="next""#], "next", "b"),
            ([#"<a>; rel="self""#, #"<b>; rel="next""#], "next", "b"),
            ([#"<a>; rel="self",<b>; rel="next","#], "self", "a"), ([#"<a?x=1,2;3>; rel="next""#], "next", "a?x=1,2;3"),
            ([#"<a>; rel="prev next last""#], "next", "a"), ([#"<a>; rel="nextpage""#], "next", nil),
            ([#"<a>; title="x, <b>; rel=next"; rel="self""#], "next", nil),
            ([#"<a>; title="\"; rel=next"; rel=self"#], "self", "a"),
            ([#"<a>; rel="self"; rel="next""#], "next", nil), ([#"<a>; x; y=; rel=next"#], "next", "a"),
            (["<a>; rel=next", "<b>; rel=next"], "next", "a"), (["<a; rel=next"], "next", nil),
            ([#"<a>; rel="next"#], "next", "a"),
            ([#"<>; rel="next""#], "next", ""), ([#"<a>; rel=""#, #"<b>; rel=next\"#], "next", nil),
            ([#""<a>; rel=next", <b>; rel=next"#], "next", "b"),
        ])
    func targets(values: [String], relation: String, target: String?) {
        let head = HTTPResponseHead(status: 200, headers: values.map { ("lInK", $0) } + [("X-Link", "<x>; rel=next")])
        #expect(LinkHeader(head).target(relation) == target)
    }

    @Test("A long line is read to its end")
    func long() {
        let value = String(repeating: #"<a>; rel="self"; x="\\\"", "#, count: 20_000) + "<b>; rel=next"
        #expect(LinkHeader(HTTPResponseHead(status: 200, headers: [("Link", value)])).target("next") == "b")
    }
}
