"""The store: SQL holds the truth. Everything a person owns carries an `owner`; local mode is one person with every role."""
