"""Small Protocols in the domain's verbs: what the services need from the world."""
