"""Records to pages: one module a command, each a pure function of what it is given."""
