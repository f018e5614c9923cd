"""What the operator can say to `kezek`: one file a family of verbs."""
