"""Foods looked up in USDA's FoodData Central while they are wanted. Optional: no page needs it."""
