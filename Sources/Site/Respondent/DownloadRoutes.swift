import Assessment
import HTTPTypes
import Hummingbird
import NIOCore
import QuestionnaireFiles
import Store

/// The result to take along: JSON for machines, CSV for a spreadsheet, a reminder for the calendar.
enum DownloadRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/submissions/{submission}"
        routes.add(.get, "\(place)/result.json", .see, handler: { json(try SubmissionResult($0)) })
        routes.add(.get, "\(place)/result.csv", .see, handler: { csv(try SubmissionResult($0)) })
        routes.add(.get, "\(place)/reminder.ics", .see, handler: { reminder(try SubmissionResult($0)) })
    }

    /// The scorecard's members, with the answers beside them.
    private static func json(_ result: SubmissionResult) -> Response {
        var json = JSONText()
        json.object { json in
            json.member("reference", result.submission.reference)
            json.member("submitted", result.submission.at.iso8601)
            if let disclaimer = result.text.disclaimer { json.member("disclaimer", disclaimer) }
            ScorecardJSON.write(result.card, of: result.definition, into: &json)
            AnswersJSON.write(result.answers, notes: result.notes, of: result.definition, into: &json)
        }
        return file(json.text + "\n", type: "application/json", name: "linchpin-\(result.submission.reference).json")
    }

    private static func csv(_ result: SubmissionResult) -> Response {
        let words = result.words
        let answers = AnswerWords(result.held.visit, result.questionnaire)
        // With several aspects, each has a column beside their mean.
        let aspects = result.definition.aspects.count > 1 ? Array(result.definition.aspects.indices) : []
        func figures(_ score: Fraction?, _ each: [Fraction?]) -> [String] {
            ([score] + aspects.map { each.indices.contains($0) ? each[$0] : nil }).map { $0.map(JSONText.figure) ?? "" }
        }
        var csv = CSVText()
        csv.row(
            [words[.csvID], words[.resultDomain], words[.csvQuestion], words[.csvAnswer], words[.resultScore]]
                + aspects.map(answers.aspect) + [words[.keyMeasure], words[.csvReason], words[.csvNote]])
        for domain in result.card.domains {
            for question in domain.topics.flatMap(\.questions) {
                let reason = result.answers[question.id]?.reason ?? ""
                csv.row(
                    [
                        question.id, result.text.title(ofDomain: domain.id), result.text.questions[question.id]?.ask ?? "",
                        answers.answer(result.answers[question.id]),
                    ] + figures(question.score, question.aspects)
                        + [question.isKeyMeasure ? words[.yes] : words[.no], reason, result.notes[question.id] ?? ""])
            }
            csv.row(["", result.text.title(ofDomain: domain.id), "", ""] + figures(domain.score, domain.aspects) + ["", "", ""])
        }
        csv.row(["", words[.resultTotal], "", ""] + figures(result.card.total, result.card.aspects) + ["", "", ""])
        if let disclaimer = result.text.disclaimer { csv.row([disclaimer] + Array(repeating: "", count: 7 + aspects.count)) }
        return file(csv.text, type: "text/csv", name: "linchpin-\(result.submission.reference).csv")
    }

    private static func reminder(_ result: SubmissionResult) -> Response {
        let words = result.words
        let calendar = CalendarText(
            id: "\(result.submission.reference)@linchpin", made: result.submission.at, day: result.submission.at.adding(days: 365),
            title: words[.calendarTitle], description: words[.calendarText, ["reference": result.submission.reference]])
        return file(calendar.text, type: "text/calendar", name: "linchpin-\(result.submission.reference).ics")
    }

    private static func file(_ text: String, type: String, name: String) -> Response {
        .download(ByteBuffer(string: text), type: "\(type); charset=utf-8", name: name)
    }
}

extension Response {
    /// A file that the browser keeps rather than shows.
    static func download(_ file: ByteBuffer, type: String, name: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .contentDisposition: "attachment; filename=\"\(name)\""],
            body: ResponseBody(byteBuffer: file))
    }
}
