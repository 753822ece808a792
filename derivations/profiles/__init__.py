"""The profiles that come with the product: notation and given of a course, as TOML files."""
