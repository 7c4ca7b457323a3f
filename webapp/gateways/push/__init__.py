"""Web push: from a subscription and a message to the push service's answer."""
