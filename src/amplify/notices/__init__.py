"""Notices to coordinators through Apprise, and the heartbeat. Each goes by a courier: a process of its own."""
