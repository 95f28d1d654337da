"""A cache that tests share, for those that ask many questions and test no cache."""

import pytest


@pytest.fixture
def warm_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the compiled knowledge for the other tests of this run."""
    monkeypatch.setenv("THERAPYINFO_CACHE", str(tmp_path_factory.getbasetemp() / "warm-cache"))
