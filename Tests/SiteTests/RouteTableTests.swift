import HTTPTypes
import Testing

@testable import Site

@Suite struct RouteTableTests {
    private func find(_ method: HTTPRequest.Method, _ place: String) -> String {
        switch Site.routes.find(method, place) {
        case .route(let entry, let parameters):
            let values = ["assessment", "section", "submission"].compactMap { name in parameters.get(name).map { "\(name)=\($0)" } }
            return ([entry.name] + values).joined(separator: " ")
        case .wrongMethod(let allowed): return "405 " + allowed.joined(separator: ", ")
        case .nothing: return "404"
        }
    }

    @Test func `a path finds its route and what stands in it`() {
        #expect(find(.get, "") == "/{language}")
        #expect(
            find(.get, "/assessments/a1/sections/GV.OC")
                == "/{language}/assessments/{assessment}/sections/{section} assessment=a1 section=GV.OC")
        #expect(find(.head, "/help") == "/{language}/help")
        #expect(find(.get, "/help/") == "/{language}/help")
    }

    @Test(arguments: [
        "/none", "/help/more", "/assessments", "/assessments/a/sections", "/assessments/a/sections/b/c", "/{language}", "/HELP",
    ])
    func `any other path finds none`(_ place: String) {
        #expect(find(.get, place) == "404")
    }

    @Test func `another method is told which there are`() {
        #expect(find(.post, "/help") == "405 GET, HEAD")
        #expect(find(.get, "/start/supply-chain") == "405 POST")
        #expect(find(.delete, "/assessments/a1/check") == "405 GET, HEAD, POST")
        #expect(find(HTTPRequest.Method("TRACE")!, "/open") == "405 GET, HEAD, POST")
    }
}
