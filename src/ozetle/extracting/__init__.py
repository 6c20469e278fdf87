"""How an article becomes a draft: taxonomy, prompts, strategies; nothing in a draft is believed yet."""
