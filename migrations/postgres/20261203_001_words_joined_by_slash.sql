-- "Cabinet/wardrobe" is two words: PostgreSQL's parser takes words joined by a slash for the path of a file, as which
-- nobody searches for them.
CREATE OR REPLACE FUNCTION set_product_search_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_vector :=
    setweight(to_tsvector('english', translate(concat_ws(' ', NEW.name, NEW.sku), '/', ' ')), 'A') ||
    setweight(to_tsvector('english', translate(concat_ws(' ', replace(NEW.category, '_', ' '), replace(NEW.subcategory, '_', ' '), NEW.brand, NEW.collection, array_to_string(NEW.tags, ' ')), '/', ' ')), 'B') ||
    setweight(to_tsvector('english', translate(coalesce(NEW.description, ''), '/', ' ')), 'C');
  RETURN NEW;
END
$$;

UPDATE products SET description = description
WHERE concat_ws(' ', name, sku, category, subcategory, brand, collection, array_to_string(tags, ' '), description) LIKE '%/%';
