"""The model: reference values, intake, absorption and what follows. Pure: no files, no network, no screen."""
