import CCurl

/// libcurl's handle for one request; owns it and its header list.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// Whether libcurl took every option.
    private(set) var isComplete = true

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
    }

    /// The request itself, and what may and may not be done for it.
    mutating func prepare(_ request: HTTPRequest, _ server: Endpoint) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, server.scheme)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.limits.connect / .milliseconds(1)))
        if server.isLoopback { set(CURLOPT_NOPROXY, "*") }
        set(request.headers)
        set(method: request.method, body: request.body)
    }

    private mutating func set(method: String, body: [UInt8]) {
        if method == "HEAD" { return set(CURLOPT_NOBODY, 1) }
        if method != "GET" || !body.isEmpty {
            check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            check(body.withUnsafeBytes { ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress ?? nil) })
            if body.isEmpty { set(CURLOPT_POSTFIELDS, "") }
        }
        set(CURLOPT_CUSTOMREQUEST, method)
    }

    private mutating func set(_ fields: [(name: String, value: String)]) {
        let names = Set(fields.map { $0.name.lowercased() })
        let unasked = ["Expect", "Content-Type"].filter { !names.contains($0.lowercased()) }.map { "\($0):" }
        // libcurl drops a header without a value unless it ends in a semicolon.
        for line in unasked + fields.map({ $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }) {
            guard let longer = curl_slist_append(headers, line) else { return isComplete = false }
            headers = longer
        }
        check(ccurl_set_pointer(pointer, CURLOPT_HTTPHEADER, headers))
    }

    /// Sets who receives head, body and the peer's address; `receiver` must outlive the transfer.
    mutating func set(
        receiver: UnsafeMutableRawPointer, header: @escaping curl_write_callback, body: @escaping curl_write_callback,
        peer: @escaping curl_prereq_callback
    ) {
        check(ccurl_set_data_function(pointer, CURLOPT_HEADERFUNCTION, header))
        check(ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, receiver))
        check(ccurl_set_data_function(pointer, CURLOPT_WRITEFUNCTION, body))
        check(ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, receiver))
        check(ccurl_set_prereq_function(pointer, peer))
        check(ccurl_set_pointer(pointer, CURLOPT_PREREQDATA, receiver))
    }

    /// The status of the answer so far.
    var status: Int {
        var status = 0
        return ccurl_get_long(pointer, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0
    }

    private mutating func set(_ option: CURLoption, _ value: Int) { check(ccurl_set_long(pointer, option, value)) }

    private mutating func set(_ option: CURLoption, _ value: String) {
        check(ccurl_set_string(pointer, option, value))
    }

    private mutating func check(_ code: CURLcode) { if code != CURLE_OK { isComplete = false } }
}
