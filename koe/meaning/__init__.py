"""What a model for embeddings makes of passages and questions, beside koe's own vectors."""
