"""The week and the day as one element of our own: data out, events in, and the element on the page."""
