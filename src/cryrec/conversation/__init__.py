"""The conversation: the questions, the row of keys under the cards, and what draws them."""
