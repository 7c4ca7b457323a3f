"""One module a subject, each with one `blueprint`: parse, call one service, answer."""
