"""Knowledge on disk: the compiled artifact, and the cache that keeps it."""
