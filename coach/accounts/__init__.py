"""Who may come in and what each may do: roles, passwords, browsers that are signed in, tokens for programs."""
