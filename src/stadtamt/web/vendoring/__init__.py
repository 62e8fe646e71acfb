"""Front-end parts from outside: fetched, cut down and locked by hash, so that nothing but Python runs in the office."""
