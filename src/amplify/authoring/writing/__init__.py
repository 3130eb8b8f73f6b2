"""Changing what people have written, line by line: everything else stays byte for byte."""
