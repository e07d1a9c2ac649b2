"""The estimate: reference values, intake, absorption, adequacy, stores. Pure."""
