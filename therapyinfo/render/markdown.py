"""stub"""
from ..page import Page
from .look import Look
def markdown(page: Page, look: Look) -> str:
    return ""
