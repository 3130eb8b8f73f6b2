"""A look-alike of Telegram's Bot API for bots that post to channels, in Telegram's words."""
