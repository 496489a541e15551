"""What the browser tests stand on: the service, a visitor with her browser, and the rules that every page must pass."""
