import HTTP
import Testing

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://example.okta.com", "https://example.okta.com", "/", nil as String?),
        (
            "HTTPS://Example.OKTA.com:443/api/v1/logs?after=1&limit=2", "https://example.okta.com", "/api/v1/logs",
            "after=1&limit=2"
        ),
        ("https://example.okta.com:8443/a", "https://example.okta.com:8443", "/a", nil),
        ("http://127.0.0.1:80/", "http://127.0.0.1", "/", nil),
        ("http://[::1]:8080/a", "http://[::1]:8080", "/a", nil),
        // Steps back are taken before paths are compared, as they are before anything is sent.
        ("https://example.com/api/v1/logs/../users", "https://example.com", "/api/v1/users", nil),
        ("https://example.com/api/v1/./logs", "https://example.com", "/api/v1/logs", nil),
    ])
    func parts(url: String, origin: String, path: String, query: String?) throws {
        let address = try #require(WebAddress(url))
        #expect(address.origin == origin)
        #expect(address.path == path)
        #expect(address.query == query)
    }

    @Test(arguments: [
        "", "example.com", "ftp://example.com", "https://", "https://user@example.com/", "https://u:p@example.com/",
        "https://example.com/#part", "https://example.com/a b", "https://example.com:99999/", "//example.com/",
    ])
    func refused(url: String) { #expect(WebAddress(url) == nil) }

    @Test(arguments: [
        ("http://localhost:1", true), ("http://127.1.2.3/", true), ("http://[::1]/", true),
        ("https://localhost.example.com/", false), ("https://10.0.0.1/", false),
    ])
    func loopback(url: String, isLoopback: Bool) throws {
        #expect(try #require(WebAddress(url)).isLoopback == isLoopback)
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777 as Int?), ("yesterday", nil), ("", nil),
    ])
    func date(text: String, seconds: Int?) {
        #expect(HTTPResponseHead(status: 200, headers: [("date", text)]).date == seconds)
    }
}
