-- The twenty rules of `rules_shop` as an expert would write them out, for one chunk of waiting orders.
WITH w AS MATERIALIZED (
  SELECT o.* FROM orders_order o
  WHERE o.status = 'pending_review' AND o.reason_code = 'awaiting_review' AND o.id > %(after)s
  ORDER BY o.id LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
), f AS MATERIALIZED (
  SELECT w.id, w.total_amount AS total, w.placed_at AT TIME ZONE %(zone)s AS placed, lower(w.note) AS note,
    w.total_amount - credited.amount - paid.amount AS unpaid, paid.amount AS paid,
    w.total_amount - credited.amount AS due, g.skus, g.categories, g.pieces, g.off,
    c.level, c.tags, h.orders, h.last_day, w.ship_street AS street,
    (w.ship_name = '' OR (w.ship_phone = '' AND w.ship_country IN ('', 'CN')) OR w.ship_street = ''
      OR (w.ship_city = '' AND w.ship_province = '')) AS is_incomplete,
    r.hours, w.lines_amount, w.discount_amount
  FROM w
  LEFT JOIN customers_customer c ON c.id = w.customer_id
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount), 0) AS amount FROM orders_payment p WHERE p.order_id = w.id AND p.status = 'received'
  ) paid
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(x.amount), 0) AS amount FROM orders_returnline x JOIN orders_orderline y ON y.id = x.order_line_id
    WHERE y.order_id = w.id AND x.status = 'applied'
  ) credited
  CROSS JOIN LATERAL (
    SELECT array_agg(k.code) AS skus, array_agg(p.category) AS categories,
      sum(l.quantity - l.cancelled_quantity) AS pieces, sum(l.discount_amount) AS off
    FROM orders_orderline l JOIN inventory_sku k ON k.id = l.sku_id JOIN inventory_product p ON p.id = k.product_id
    WHERE l.order_id = w.id AND l.cancelled_quantity < l.quantity
  ) g
  CROSS JOIN LATERAL (
    SELECT count(*) AS orders, count(*) FILTER (WHERE e.placed_at > w.placed_at - interval '1 day') AS last_day
    FROM orders_order e WHERE e.customer_id = w.customer_id AND (e.placed_at, e.id) < (w.placed_at, w.id)
      AND e.status NOT IN ('draft', 'cancelled')
  ) h
  CROSS JOIN LATERAL (
    SELECT extract(epoch FROM w.placed_at - max(e.placed_at)) / 3600 AS hours
    FROM orders_order e JOIN orders_orderline x ON x.order_id = e.id JOIN orders_orderline y ON y.sku_id = x.sku_id
    WHERE e.customer_id = w.customer_id AND (e.placed_at, e.id) < (w.placed_at, w.id)
      AND e.placed_at > w.placed_at - interval '31 days' AND e.status NOT IN ('draft', 'cancelled')
      AND y.order_id = w.id
  ) r
), j AS MATERIALIZED (
  SELECT f.id, note LIKE '%%测试单%%' AS is_cancelled, concat_ws('; ',
    CASE WHEN total >= 600 THEN 'large' END,
    CASE WHEN unpaid > 0 THEN 'unpaid' END,
    CASE WHEN paid > 0 AND unpaid <> 0 THEN 'partly' END,
    CASE WHEN note ~ '改地址|换地址|地址错' THEN 'address change' END,
    CASE WHEN note ~ '投诉|差评' THEN 'urging' END,
    CASE WHEN skus && '{B00017,B00170,B01700,B07777}' THEN 'watched goods' END,
    CASE WHEN 'danger' = ANY(categories) AND pieces >= 7 THEN 'dangerous goods' END,
    CASE WHEN level = 'blocked' THEN 'blocked' END,
    CASE WHEN lower(tags::text)::text[] && '{watch}' THEN 'watched customer' END,
    CASE WHEN orders = 0 AND total >= 520 THEN 'large first order' END,
    CASE WHEN last_day >= 3 THEN 'many orders a day' END,
    CASE WHEN street = '' THEN 'no address' END,
    CASE WHEN is_incomplete THEN 'half an address' END,
    CASE WHEN round(hours, 2) < 24 THEN 'same again' END,
    CASE WHEN extract(isodow FROM placed) IN (6, 7) AND total >= 560 THEN 'at the weekend' END,
    CASE WHEN placed::time >= '01:00' AND placed::time < '05:00' AND total >= 560 THEN 'at night' END,
    CASE WHEN (orders = 0)::int * 20 + (total >= 400)::int * 20 + (pieces >= 7)::int * 15 >= 50 THEN 'risky' END,
    CASE WHEN round(100 * (discount_amount + off) / nullif(lines_amount + off, 0), 2) > 50 THEN 'deep discount' END
  ) AS held FROM f
), moved AS (
  UPDATE orders_order o
  SET status = CASE WHEN j.held <> '' THEN 'on_hold' WHEN j.is_cancelled THEN 'cancelled' ELSE 'approved' END,
    reason_code = CASE WHEN j.held <> '' THEN 'held_by_rule' WHEN j.is_cancelled THEN 'cancelled' ELSE 'awaiting_stock' END,
    reason_detail = CASE WHEN j.held <> '' THEN j.held WHEN j.is_cancelled THEN 'test order' ELSE '' END
  FROM j WHERE o.id = j.id RETURNING o.id, o.status, o.reason_detail
), told AS (
  INSERT INTO orders_orderevent (order_id, kind, from_status, to_status, actor_name, reason)
  SELECT id, CASE status WHEN 'on_hold' THEN 'held' ELSE status END, 'pending_review', status, 'rules', reason_detail
  FROM moved
)
SELECT max(id) FROM moved
