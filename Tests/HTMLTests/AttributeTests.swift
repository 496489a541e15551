import HTML
import Testing

@Suite struct `Attributes` {
    @Test func `nil and false leave an attribute out`() {
        let text = written {
            $0.void(
                .input, .id(nil), .value(nil), .checked(false), .ariaInvalid(false), .class(nil), .classes([]), .flag("disabled", false))
            $0.void(.input, .checked(true), .disabled(true), .flag("readonly", true), .classes(["a", "b"]), .custom("data-x", "\"1\""))
        }
        #expect(text == "<input><input checked disabled readonly class=\"a b\" data-x=\"&#34;1&#34;\">")
    }

    @Test func `an empty value is a value`() {
        #expect(written { $0.void(.input, .value("")) } == "<input value=\"\">")
        #expect(written { $0.void(.img, .alt("")) } == "<img alt=\"\">")
    }

    #if DEBUG
        @Test func `a free name for a handler stops a debug build`() async {
            await #expect(processExitsWith: .failure) { _ = Attribute.custom("onclick", "x") }
            await #expect(processExitsWith: .failure) { _ = Attribute.custom("style", "x") }
            await #expect(processExitsWith: .failure) { _ = Attribute.custom("data-x y", "x") }
            await #expect(processExitsWith: .failure) { _ = Attribute.flag("onclick", true) }
            await #expect(processExitsWith: .failure) { _ = Attribute.flag("required", true) }
        }
    #else
        @Test func `a free name for a handler is left out`() {
            let text = written {
                $0.void(.input, .custom("onclick", "x"), .custom("style", "x"), .custom("data-x y", "x"), .flag("onclick", true))
            }
            #expect(text == "<input>")
        }
    #endif
}
