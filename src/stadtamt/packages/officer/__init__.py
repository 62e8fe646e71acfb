"""What the digital officer does with packages: finds, tries, adopts them, and sees how they stand."""
