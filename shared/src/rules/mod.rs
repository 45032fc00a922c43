//! The reviewer's rules: one file per rule, named after the problem.
