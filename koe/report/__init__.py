"""The week as people read it: pages, Markdown, facts for machines, and the lines in the terminal."""
