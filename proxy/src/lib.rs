//! Perch, as a library for its own binary and tests.
