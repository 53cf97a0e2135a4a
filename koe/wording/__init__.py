"""What koe says in English and a Japanese report's readers are told in Japanese, as pairs of sentences."""
