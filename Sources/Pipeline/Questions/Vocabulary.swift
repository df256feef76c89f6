/// The English words that a question may hold without naming anything in the events.
enum Vocabulary {
    /// Words that a deterministic answer would get wrong, each with what it would take.
    static let beyond: Set<String> = [
        "not", "never", "without", "except", "excluding", "unless", "average", "mean", "median", "percent",
        "percentage", "ratio", "rate", "compare", "versus", "vs", "predict", "forecast", "than", "fewer", "less",
        "least", "don't", "didn't", "doesn't", "wasn't", "weren't", "isn't", "aren't", "hasn't", "haven't", "dont",
        "didnt", "wasnt",
    ]

    static let filler: Set<String> = Set(
        """
        a about above access account's activity actually after again against ago all alert alerts along also am an and
        another anything appear appeared around as at attempt attempted attempts attack attacked attacker attackers
        authenticate authenticated authentication away back be because been before began being below between both breach
        breached brief but by called came case cause caused certain change changed clock come compromise compromised
        connect connected connection could data date day days detect detected detector different do does doing done
        during each earlier earliest else entries entry ever every everything evidence exactly fall far few final first
        five flag flagged following follows for four from full further gave get gets getting give given go goes going
        got hacked had happen happened happening happens have he her here him his hour hours how i if in incident's
        inside into intrusion involve involved involving is it its it's just kind kinds know known last late later
        latest legit legitimate let like likely line log logs logged log-in logging long look looked looking made make
        malicious many match matching matter may me mean meant might minute minutes moment much must my near need needs
        new newest now of off ok okta old oldest on once one only open or order other our out over overall part past
        people per perhaps person please point possible present promote promoted promoting promotion quick quickly raise
        raised read really recent recently record recorded records related same saw say says second seconds see seem
        seen session's set several she short should show sign signed signing signs since single situation so some
        someone something spray stolen still stuff such sure suspicious take taken tell than that the their them then
        there these they thing things think this those three through time times to today together told too total tried
        try trying turn two type types under unusual until up us use used uses using utc very via want was way we week
        weird well went were what what's when where which while who whole why will with within work would wrong
        yesterday you your zero abnormal anomalous anomaly anomalies odd strange concern concerning concerned danger
        dangerous safe fine okay ok loaded currently threshold more please access accessed run execute visit visited
        reach reached touch touched enter entered perform performed apply applied write written ask asked answer
        answered mark marked rank ranked scored scoring score decide decided judge judged escalate escalated investigate
        investigated check checked review reviewed handle handled tell told normal harmless innocent benign trouble
        threat threats issue issues problem problems bad good important urgent critical high medium low default main
        major minor total overall common sequence order timeline history chain behaviour behavior pattern
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Every word that needs no match in the events.
    static let known: Set<String> = {
        var words = filler.union(beyond)
        for phrase in Intent.allCases.flatMap(\.phrases) {
            words.formUnion(phrase.split(separator: " ").map(String.init))
        }
        for noun in Noun.allCases { words.formUnion(noun.words) }
        for outcome in OutcomeWord.allCases { words.formUnion(outcome.words) }
        return words.union(QuestionTime.words)
    }()
}
