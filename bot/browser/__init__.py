"""What people see of Baton in a browser: the page behind a link, and those of an installation."""
