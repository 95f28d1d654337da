"""Command line. The only package that reads argv and the environment, writes streams and exits."""
