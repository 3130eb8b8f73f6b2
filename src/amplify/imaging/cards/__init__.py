"""Cards: measured with their own typeface, drawn as SVG, printed as PNG."""
