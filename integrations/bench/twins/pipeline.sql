WITH judged AS MATERIALIZED (
  SELECT o.id, (o.paid_cents >= o.total_cents AND o.address <> ''
    AND NOT EXISTS (SELECT 1 FROM raw_blocked b WHERE b.phone = o.phone)) AS passes
  FROM raw_order o WHERE o.status = 'new' FOR UPDATE
), free AS MATERIALIZED (
  SELECT sku, on_hand - reserved AS pieces FROM raw_stock ORDER BY sku FOR UPDATE
), wanted AS (
  SELECT l.id, l.order_id, l.sku, l.quantity,
    sum(l.quantity) OVER (PARTITION BY l.sku ORDER BY l.id) AS up_to_here
  FROM raw_line l JOIN judged ON judged.id = l.order_id AND judged.passes WHERE l.state = 'waiting'
), whole AS MATERIALIZED (
  SELECT order_id FROM wanted JOIN free USING (sku)
  GROUP BY order_id HAVING bool_and(up_to_here <= pieces)
), served AS MATERIALIZED (
  SELECT l.id, l.sku, l.quantity FROM raw_line l JOIN whole USING (order_id)
), promised AS (
  UPDATE raw_stock s SET reserved = reserved + pieces
  FROM (SELECT sku, sum(quantity) AS pieces FROM served GROUP BY sku) x WHERE s.sku = x.sku
), lines AS (
  UPDATE raw_line l SET state = 'allocated' FROM served WHERE l.id = served.id
), orders AS (
  UPDATE raw_order o SET status = CASE
    WHEN NOT judged.passes THEN 'held' WHEN whole.order_id IS NOT NULL THEN 'allocated' ELSE 'short' END
  FROM judged LEFT JOIN whole ON whole.order_id = judged.id
  WHERE o.id = judged.id RETURNING o.id, o.status
)
INSERT INTO raw_event (order_id, kind) SELECT id, 'review:' || status FROM orders
