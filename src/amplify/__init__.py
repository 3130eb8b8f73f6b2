"""amplify publishes a campaign's posts on schedule, once, and only with figures it can source."""
