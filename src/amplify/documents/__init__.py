"""What people read outside of a terminal: posts drawn as their networks draw them, plans to share, calendars."""
