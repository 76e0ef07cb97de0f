"""A person's own words: what a sentence answers, what it wishes for, and what it must never lose.

Fixed rules and a lexicon, no guessing: the same words always mean the same, on every machine.

    lexicon     the phrases, read from lexicon.toml
    tokens      a sentence taken apart
    amounts     times, tissues, ages and counts, in digits and in words
    pieces      which words belong together, and what each group can mean
    polarity    what is wanted, what is not, and how far a "no" reaches
    settling    what stands where one answer is given more than once
    reading     one sentence, from words to the words of flags
"""
