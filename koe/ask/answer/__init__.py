"""Words the answer: `words` says and renders it, `refusals` says no, `scope` what it was counted over."""
