"""LaTeX in both directions: terms are printed (`printer`), and what people write is read (`reader`)."""
