"""The tests, a package so that one test file can inherit a contract that another states."""
