"""SKUs that came in as a bare code (a stock list) get their name and price from the first file that tells them."""

from collections.abc import Sequence

from inventory.catalogue import SkuDraft, clean_code, findable
from oms.sql import query, rows_json

# A bare SKU is one whose name is its code.
_NAME = """
WITH told AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%s) AS t(code text, name text, price numeric, currency text, initials text,
                                              search_grams jsonb)
), named AS (
  UPDATE inventory_sku s
  SET name = t.name, initials = t.initials,
      search_grams = ARRAY(SELECT jsonb_array_elements_text(t.search_grams)),
      currency = CASE WHEN s.price = 0 THEN t.currency ELSE s.currency END,
      price = CASE WHEN s.price = 0 THEN t.price ELSE s.price END
  FROM told t WHERE s.code = t.code AND s.name = s.code AND t.name <> t.code
  RETURNING s.product_id, s.code, s.name
), renamed AS (
  UPDATE inventory_product p SET name = n.name FROM named n WHERE p.id = n.product_id AND p.name = n.code
)
SELECT code FROM named
"""


def name_bare_skus(drafts: Sequence[SkuDraft]) -> list[str]:
    """Give name and price to those of the SKUs that have none yet; returns the codes that got them."""
    rows = [_row(one) for one in drafts]
    return [row[0] for row in query(_NAME, [rows_json(rows)])] if rows else []


def _row(draft: SkuDraft) -> dict[str, object]:
    code = clean_code(draft.code)
    letters, found_by = findable(code, draft.name)
    return {
        "code": code,
        "name": draft.name,
        "price": draft.price,
        "currency": draft.currency,
        "initials": letters,
        "search_grams": found_by,
    }
