"""From written utterances to a trained intent model. Only this package imports torch and transformers."""
