"""The only place with disk, clock and processes; JavaScript engines are started here."""
