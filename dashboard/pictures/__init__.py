"""Charts and small pictures, made from numbers and a palette."""
