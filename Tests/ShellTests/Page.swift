import Foundation
import FoundationXML

/// A page as a strict parser sees it.
final class Page: NSObject, XMLParserDelegate {
    private(set) var words = ""
    private(set) var forbidden: [String] = []
    private(set) var policy: String?
    private(set) var fault: String?

    private static let allowed: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "p", "h1", "h2", "h3",
        "h4", "span", "strong", "b", "code", "pre", "a", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead",
        "tbody", "tr", "th", "td", "div", "figure", "figcaption", "details", "summary", "svg", "rect", "text",
    ]
    private static let attributes: Set<String> = [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "scope", "tabindex", "role",
        "aria-label", "viewBox", "x", "y", "width", "height", "text-anchor",
    ]

    init(_ page: String) {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        if !parser.parse() { fault = "line \(parser.lineNumber): \(String(describing: parser.parserError))" }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        if !Self.allowed.contains(name) { forbidden.append(name) }
        forbidden += attributes.keys.filter { !Self.attributes.contains($0) }
        if let target = attributes["href"], !target.hasPrefix("#incident-") { forbidden.append(target) }
        if attributes["http-equiv"] == "Content-Security-Policy" { policy = attributes["content"] }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { words += string }
}
