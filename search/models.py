"""What the search engine stores."""
