-- The same work as the pipeline on tables that know nothing else: 100,000 lines of 33,334 orders wait
-- for 10,000 SKUs that can serve about 85 % of them.
DROP TABLE IF EXISTS raw_event, raw_line, raw_order, raw_stock, raw_blocked;
CREATE TABLE raw_stock (
  sku integer PRIMARY KEY,
  on_hand bigint NOT NULL,
  reserved bigint NOT NULL DEFAULT 0,
  CHECK (reserved <= on_hand)
) WITH (fillfactor = 80);
INSERT INTO raw_stock (sku, on_hand) SELECT sku, 17 FROM generate_series(1, 10000) AS sku;
CREATE TABLE raw_order AS
SELECT id::bigint AS id, 'new'::text AS status, (1000 + id % 7)::bigint AS total_cents,
  (CASE WHEN id % 50 = 0 THEN 0 ELSE 2000 END)::bigint AS paid_cents,
  CASE WHEN id % 97 = 0 THEN '' ELSE 'No 969 Wenyi West Road' END AS address,
  '138' || lpad((id % 90000)::text, 8, '0') AS phone
FROM generate_series(1, 33334) AS id;
ALTER TABLE raw_order ADD PRIMARY KEY (id);
CREATE INDEX ON raw_order (status, id);
CREATE TABLE raw_line AS
SELECT line::bigint AS id, ((line - 1) / 3 + 1)::bigint AS order_id,
  (hashint4(line) & 2147483647) % 10000 + 1 AS sku, 1 + line % 3 AS quantity,
  'waiting'::text AS state
FROM generate_series(1, 100000) AS line;
ALTER TABLE raw_line ADD PRIMARY KEY (id);
CREATE INDEX ON raw_line (order_id);
CREATE INDEX ON raw_line (sku, id) WHERE state = 'waiting';
CREATE TABLE raw_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint REFERENCES raw_order (id),
  kind text,
  at timestamptz DEFAULT now()
);
CREATE INDEX ON raw_event (order_id);
CREATE TABLE raw_blocked AS
SELECT '138' || lpad((n * 300)::text, 8, '0') AS phone FROM generate_series(1, 300) AS n;
VACUUM ANALYZE raw_stock;
VACUUM ANALYZE raw_order;
VACUUM ANALYZE raw_line;
CHECKPOINT;
