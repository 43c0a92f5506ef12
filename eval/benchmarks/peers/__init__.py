"""Isnad and the libraries that it is measured against, a script each, run by an interpreter of their own."""
