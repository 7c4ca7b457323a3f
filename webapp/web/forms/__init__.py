"""What people may send, checked and worded."""
