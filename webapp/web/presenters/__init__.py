"""Values into words: every sentence a page shows is made here or in a template, by gettext."""
