"""Japanese and English as koe reads them: letters, words, terms, vectors."""
