// The shop that the examples in the documents speak of.
//
// The examples themselves are generated beside this file by .ci/snippets.

struct Cart {
    var id = 17
    var count = 3
}

struct Order: Sendable {
    var number = 17
    var customer = "u-9"
}

enum OrderError: Error {
    case outOfStock(item: String, left: Int)
}

enum PaymentError: Error {
    case declined
}

let cart = Cart()
let order = Order()

func checkOut(_ cart: Cart) throws {}
func charge(_ card: String) throws {}
func pay(_ order: Order) async throws {}
func exportOrders() throws {}
func importOrders(from source: String) async throws -> Int { 3 }
