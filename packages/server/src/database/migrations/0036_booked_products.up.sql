-- An entry names the product it was posted for, so that what was booked of a product stays booked of it whatever the
-- order says later. Entries of before are those of the products that their lines have now, or had when their orders
-- were last settled. Only this column is filled: no amount of the ledger changes.
alter table credit_entries add column product_id uuid;

alter table credit_entries disable trigger credit_entries_append_only;

update credit_entries entry set product_id = line.product_id
  from order_lines line
 where line.order_id = entry.order_id and line.line_no = entry.line_no;

update credit_entries entry set product_id = (line.value ->> 4)::uuid
  from order_settlements settlement
  join orders on orders.id = settlement.order_id and orders.revision <> settlement.settled_revision
  cross join jsonb_array_elements(settlement.coverage) coverage
  cross join jsonb_array_elements(coverage.value -> 'lines') line
 where settlement.order_id = entry.order_id and (line.value ->> 0)::int = entry.line_no
   and line.value ->> 4 is not null;

alter table credit_entries enable trigger credit_entries_append_only;
