/// The questions of a file in order, and which of them conditions look at.
/// A condition may only look at an earlier question, and whether it does is known at the end of the file.
struct QuestionRegister {
    private struct Consultation {
        let target: String
        let line: Int
        let owner: String
        /// How many questions come before the owner.
        let position: Int
    }

    /// Where each id stands first.
    var lines: [String: Int] = [:]
    private(set) var ids: [String] = []
    private var consultations: [Consultation] = []

    mutating func add(_ id: String) { ids.append(id) }

    mutating func consult(_ target: String, line: Int, owner: String) {
        consultations.append(Consultation(target: target, line: line, owner: owner, position: ids.count))
    }

    var faults: [(line: Int, message: String)] {
        let indices = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return consultations.compactMap { consultation in
            let condition = "the condition of \(consultation.owner)"
            let target = TextEncodingCheck.excerpt(consultation.target)
            guard let index = indices[consultation.target] else {
                return (consultation.line, "\(condition) asks for question \(target), which does not exist; correct its id")
            }
            if index < consultation.position { return nil }
            let fault = consultation.owner == "question \(target)" ? "itself" : "question \(target), which comes later"
            return (consultation.line, "\(condition) asks for \(fault); use an earlier question")
        }
    }
}
