//! The page's entry: hands over to the library, so that tests can use the same code.

fn main() {
    perch_frontend::start();
}
