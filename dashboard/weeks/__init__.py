"""How the days of a plan come about: starter weeks, quick check, food records, stand-ins."""
