"""stub"""
from ..page import Page
from .look import Look
def html(page: Page, look: Look) -> str:
    return ""
