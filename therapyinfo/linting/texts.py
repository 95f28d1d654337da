"""Rules of wording, for the texts that people read."""
from .subject import Subject
