"""The floor: ids, clock, money, tenancy, rights, audit trail, registry, facts, jobs, expressions."""
