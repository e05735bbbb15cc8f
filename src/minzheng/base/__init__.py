"""Ground floor: money, dates, areas, identifiers, codec, languages; no civil-affairs rule."""
