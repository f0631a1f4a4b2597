// Proves that the place of an issue is taken apart as it was put together.

import Testing

@testable import API

struct CodeLocationTests {
    @Test(arguments: [
        ("shop/cart.py:12 in add", "shop/cart.py", "add"),
        ("Sources/App/main.swift:3 in closure #1 in main", "Sources/App/main.swift", "closure #1 in main"),
        ("C:\\app\\Main.cs:7 in Main  ()", "C:\\app\\Main.cs", "Main  ()"),
        ("http://shop/app.js:1", "http://shop/app.js", ""),
        ("app.js", "app.js", ""),
        ("", "", ""),
    ])
    func `file and function are told apart`(text: String, file: String, function: String) {
        let location = CodeLocation(text)

        #expect(location.file == file)
        #expect(location.function == function)
    }
}
