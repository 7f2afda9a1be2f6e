"""What Baton bears, each figure beside a yardstick of the same run; `make bench` runs it all."""
