"""One post as its network draws it: the sandbox's walls and the preview show the same cards."""
