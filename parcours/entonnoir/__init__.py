"""How far readers go in each parcours, without knowing who: counted by day, shown by month, never below ten."""
