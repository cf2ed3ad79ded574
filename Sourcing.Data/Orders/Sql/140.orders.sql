-- Orders: whose history, what may be removed, and what a supplier's login may see and set.
insert into app.audit_parents (table_name, column_name) values
    ('order_lines', 'order_id'), ('shipments', 'order_id'), ('receipts', 'order_id'), ('order_payments', 'order_id'), ('order_date_changes', 'order_id')
on conflict (table_name) do update set column_name = excluded.column_name;

create index if not exists ix_orders_number_trigram on orders using gin (number gin_trgm_ops);
create index if not exists ix_orders_external_number_trigram on orders using gin (external_number gin_trgm_ops);

-- Orders by their number here or elsewhere, their supplier's name, or the whole number of their RFQ with or without its prefix: each read
-- by an index of its own. Few rows are promised, so that who asks goes from these to the orders and not the other way.
create or replace function app.search_orders(wanted text) returns table (id uuid)
    language plpgsql stable rows 50 set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    pattern text := '%' || replace(replace(replace(btrim(wanted), '\', '\\'), '%', '\%'), '_', '\_') || '%';
    exact text := upper(btrim(wanted));
begin
    return query
        select o.id from orders o where o.number ilike pattern
        union
        select o.id from orders o where o.external_number ilike pattern
        union
        select o.id from suppliers s join orders o on o.supplier_id = s.id where s.plain_name like app.plain(pattern)
        union
        select o.id from rfqs r join orders o on o.rfq_id = r.id where r.number in (exact, 'RFQ-' || exact);
end $$;
alter function app.search_orders(text) owner to sourcing_owner;
revoke all on function app.search_orders(text) from public;
grant execute on function app.search_orders(text) to sourcing_internal;

-- Lines of a draft are dropped for good; all others stay.
grant delete on order_lines to sourcing_internal;
drop policy if exists drafts_only on order_lines;
create policy drafts_only on order_lines as restrictive for delete to sourcing_internal
    using (exists (select from orders o where o.id = order_id and o.status = 'draft'));

-- A supplier sees an order from the moment it is issued. order_internals, order_payments: nothing at all.
grant select on orders, order_lines, shipments, receipts, order_date_changes to sourcing_supplier;
grant update (status, acknowledged_at, production_at, shipped_at) on orders to sourcing_supplier;
grant insert on shipments, order_date_changes to sourcing_supplier;
grant update (status) on order_date_changes to sourcing_supplier;

drop policy if exists supplier_reads on orders;
create policy supplier_reads on orders for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null and issued_at is not null and deleted_at is null);
drop policy if exists supplier_moves on orders;
create policy supplier_moves on orders for update to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and status in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received'))
    with check (supplier_id = (select app.supplier_id()) and status in ('acknowledged', 'in_production', 'shipped', 'partially_received'));

-- The rest follows the order: what cannot be seen of it cannot be seen below it.
do $$
declare
    child text;
begin
    foreach child in array array['order_lines', 'shipments', 'receipts', 'order_date_changes'] loop
        execute format('drop policy if exists supplier_reads on %I', child);
        execute format('create policy supplier_reads on %I for select to sourcing_supplier using (exists (select from orders o where o.id = order_id))', child);
    end loop;
    foreach child in array array['shipments', 'order_date_changes'] loop
        execute format('drop policy if exists supplier_adds on %I', child);
        execute format('create policy supplier_adds on %I for insert to sourcing_supplier with check (exists (select from orders o where o.id = order_id
            and o.status in (''issued'', ''acknowledged'', ''in_production'', ''shipped'', ''partially_received'')))', child);
    end loop;
end $$;
-- A new proposal is open; an open one may be replaced by a later one, and decided by the buyer alone.
drop policy if exists supplier_proposes on order_date_changes;
create policy supplier_proposes on order_date_changes as restrictive for insert to sourcing_supplier
    with check (status = 'proposed' and decided_by is null and proposed_by = (select app.user_id())
        and exists (select from order_lines l where l.id = order_date_changes.order_line_id and l.order_id = order_date_changes.order_id));
drop policy if exists supplier_replaces on order_date_changes;
create policy supplier_replaces on order_date_changes for update to sourcing_supplier
    using (status = 'proposed' and exists (select from orders o where o.id = order_id)) with check (status = 'superseded');
