-- Kept by trigger: updated_at on every table that has it, and the products' search vector

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END
$$;

DO $$
DECLARE t text;
BEGIN
  FOR t IN
    SELECT c.relname FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'updated_at' AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  LOOP
    EXECUTE format('CREATE TRIGGER trg_%s_updated_at BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION set_updated_at()', t, t);
  END LOOP;
END
$$;

CREATE FUNCTION set_product_search_vector() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_vector :=
    setweight(to_tsvector('english', coalesce(NEW.name, '') || ' ' || coalesce(NEW.sku, '')), 'A') ||
    setweight(to_tsvector('english', concat_ws(' ', replace(NEW.category, '_', ' '), replace(NEW.subcategory, '_', ' '), NEW.brand, NEW.collection, array_to_string(NEW.tags, ' '))), 'B') ||
    setweight(to_tsvector('english', coalesce(NEW.description, '')), 'C');
  RETURN NEW;
END
$$;

CREATE TRIGGER trg_products_search_vector
  BEFORE INSERT OR UPDATE OF name, sku, category, subcategory, brand, collection, tags, description ON products
  FOR EACH ROW EXECUTE FUNCTION set_product_search_vector();
