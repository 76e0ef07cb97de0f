"""The conversation: the questions, the menu after the cards, and what draws them."""
