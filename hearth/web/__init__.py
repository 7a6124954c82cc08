"""The front door: settings, addresses, Today, navigation, search, the student page, error pages."""
