"""Look-alikes of the three networks, shipped: rehearsals, demos and tests run against them."""
