import KQL
import Testing

@Suite("Whether a query goes on")
struct CompletenessTests {
    @Test(
        "Complete",
        arguments: [
            "", "T", "T | where a == \"(\"", "T;", "T | where (a)", "f(x) // (", "print '[' | count", "print @\"\\\"",
            "T)", "print \"x\n| count",
            "print ```\"```", "datetime(2020-01-01)",
        ])
    func complete(text: String) {
        #expect(Query.isComplete(text))
    }

    @Test(
        "Open",
        arguments: [
            "T |", "T | // and", "T | where (a", "T | where a in (1,", "datatable(a:long)[1,", "let f = () {",
            "print \"x", "print 'x\\'", "print @\"a\"\"",
            "print ```x\ny", "print ~~~", "print datetime(2020", "T\n| where a\n|",
        ])
    func open(text: String) {
        #expect(!Query.isComplete(text))
    }
}
