"""What people see of duty: the case's way up the chain, who is on, the bell, the desk's health, the worst wait."""
