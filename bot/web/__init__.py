"""The web: what people see in a browser, and how other systems are asked over HTTP."""
