"""Translation into Turkish: asked for sentence by sentence, and verified without a model."""
