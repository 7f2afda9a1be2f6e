"""What whoever looks after a process asks it: is it alive, can it work, what does it count."""
