"""What the office offers: services, responsible units, opening hours."""
