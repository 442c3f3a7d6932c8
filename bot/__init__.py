"""The way of a message through tuanbot, and the program around it."""
