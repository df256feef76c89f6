import Diagnostics
import Testing

struct VisibleLimitTests {
    @Test(arguments: [
        ("short", 5, "short"), ("shorter", 5, "shor…"), ("a\nb", 4, "a\\nb"), ("", 3, ""), ("a\u{1B}[31m", 4, "a\\u…"),
    ])
    func cuts(text: String, limit: Int, shown: String) { #expect(text.visible(limit: limit) == shown) }

    @Test func aHeapOfCombiningMarksIsCut() {
        let heap = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(heap.visible(limit: 10).unicodeScalars.count <= 81)
    }

    @Test func aMillionControlCharactersAreWrittenOut() {
        #expect(String(repeating: "\u{1}", count: 1_000_000).visible.utf8.count == 5_000_000)
    }
}
