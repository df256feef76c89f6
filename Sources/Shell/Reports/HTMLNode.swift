import Diagnostics

/// A piece of HTML. Names of elements and attributes stand in this program's source; whatever else there is becomes
/// text or the value of an attribute, and is escaped there.
enum HTMLNode {
    case element(StaticString, [Attribute], [HTMLNode])
    case text(String)
    /// A style sheet of this program.
    case style(StaticString)

    /// A name of ours and any value.
    struct Attribute {
        let name: StaticString
        let value: String

        init(_ name: StaticString, _ value: String) { (self.name, self.value) = (name, value) }
    }

    init(_ name: StaticString, _ attributes: [Attribute] = [], _ children: [HTMLNode] = []) {
        self = .element(name, attributes, children)
    }

    init(_ name: StaticString, class style: StaticString, _ children: [HTMLNode] = []) {
        self = .element(name, [Attribute("class", "\(style)")], children)
    }
}

extension HTMLNode {
    /// The markup.
    var markup: String {
        var result = ""
        write(into: &result)
        return result
    }

    private func write(into result: inout String) {
        switch self {
        case .text(let text): result += Self.escaped(text)
        case .style(let sheet): result += "<style>\(sheet)</style>\n"
        case .element(let name, let attributes, let children):
            result += "<\(name)"
            for attribute in attributes { result += " \(attribute.name)=\"\(Self.escaped(attribute.value))\"" }
            let tag = "\(name)"
            guard !Self.empty.contains(tag) else { return result += " />\n" }
            result += ">"
            for child in children { child.write(into: &result) }
            result += "</\(name)>" + (Self.blocks.contains(tag) ? "\n" : "")
        }
    }

    /// Elements without content, which have no end tag.
    private static let empty: Set<String> = ["meta", "br"]
    /// Elements after which a new line may stand.
    private static let blocks: Set<String> = [
        "head", "title", "body", "header", "main", "section", "article", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li",
        "dl", "dd", "table", "caption", "thead", "tbody", "tr", "pre", "div", "svg", "rect", "figure", "figcaption",
        "details", "summary",
    ]

    /// What is hidden or would act is written out first; then nothing is left that ends a text or a value.
    ///
    /// New lines stay: they mean no more than a blank, but in code, where they are wanted.
    static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.visibleLines.utf8 {
            switch byte {
            case UInt8(ascii: "&"): result += "&amp;".utf8
            case UInt8(ascii: "<"): result += "&lt;".utf8
            case UInt8(ascii: ">"): result += "&gt;".utf8
            case UInt8(ascii: "\""): result += "&quot;".utf8
            case UInt8(ascii: "'"): result += "&#39;".utf8
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
