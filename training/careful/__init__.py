"""Fine-tuning of the careful reader's encoder."""
