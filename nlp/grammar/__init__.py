"""The grammar of orders: tokens, references to goods, wishes, and what they change."""
