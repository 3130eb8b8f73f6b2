"""From a post's words to rich text: templates, then markup, then what must not be published."""
