"""Files a person takes away: the history as a sheet and as a printed list."""
