"""What servers take: known beforehand, or learned from their refusals and kept."""
