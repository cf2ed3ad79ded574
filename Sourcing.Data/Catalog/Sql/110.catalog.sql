-- Rights and policies of the catalog.

insert into app.audit_parents (table_name, column_name) values
    ('part_unit_conversions', 'part_id'), ('part_cross_references', 'part_id'), ('supplier_parts', 'part_id'), ('price_breaks', 'supplier_part_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Sales looks parts up; prices and suppliers are not theirs to see.
do $$
declare
    name text;
begin
    foreach name in array array['units', 'part_categories', 'parts', 'part_unit_conversions', 'part_cross_references'] loop
        execute format('drop policy if exists member_reads on public.%I', name);
        execute format('create policy member_reads on public.%I for select to sourcing_member using (true)', name);
        execute format('grant select on public.%I to sourcing_member', name);
    end loop;
end $$;

-- A personal quote link opens one RFQ and no price list: hence link_rfq_id() below.
-- Suppliers: every unit, and of parts what they need to quote, for those that they have to do with. The rooms that show them
-- parts (RFQs, orders) add policies of their own beside this one.
drop policy if exists supplier_reads on units;
create policy supplier_reads on units for select to sourcing_supplier using (true);
grant select on units to sourcing_supplier;

drop policy if exists supplier_priced on parts;
create policy supplier_priced on parts for select to sourcing_supplier using (
    exists (select from supplier_parts sp where sp.part_id = parts.id and sp.supplier_id = (select app.supplier_id()) and sp.deleted_at is null));
grant select (id, number, name, description, unit_id, specifications, deleted_at) on parts to sourcing_supplier;

drop policy if exists supplier_own on supplier_parts;
create policy supplier_own on supplier_parts for select to sourcing_supplier using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null);
grant select (id, supplier_id, part_id, supplier_part_number, unit_cost, currency, moq_quantity, moq_unit_id, order_multiple, lead_time_days,
    valid_from, valid_to, deleted_at) on supplier_parts to sourcing_supplier;

drop policy if exists supplier_own on price_breaks;
create policy supplier_own on price_breaks for select to sourcing_supplier using (
    exists (select from supplier_parts sp where sp.id = price_breaks.supplier_part_id and sp.supplier_id = (select app.supplier_id())));
grant select on price_breaks to sourcing_supplier;

-- What was asked or paid for a part, in its own unit and in the base currency. Each branch reads by the part's key.
create or replace function app.unit_factor(part uuid, from_unit uuid, to_unit uuid) returns numeric
    language sql stable parallel safe set search_path = public, pg_temp
    return case when from_unit = to_unit then 1 else coalesce(
        (select c.factor from part_unit_conversions c where c.part_id = part and c.unit_id = from_unit and c.deleted_at is null),
        (select f.factor / t.factor from units f, units t
            where f.id = from_unit and t.id = to_unit and f.dimension = t.dimension and f.dimension <> 'package')) end;

drop view if exists part_prices;
create view part_prices with (security_invoker = true) as
    select x.part_id, x.source, x.rank, x.source_id, x.document_id, x.document_number, x.supplier_id, x.day, x.quantity, x.unit_price, x.currency,
        r.rate, r.day as rate_day, round(x.unit_price / r.rate, 6) as base_price
    from (
        select sp.part_id, 'list' as source, 2 as rank, sp.id as source_id, null::uuid as document_id, null::text as document_number, sp.supplier_id,
            coalesce(sp.valid_from, (sp.updated_at at time zone 'utc')::date) as day, null::numeric as quantity, sp.unit_cost as unit_price, sp.currency
        from supplier_parts sp
        where sp.deleted_at is null and sp.unit_cost > 0
        union all
        select l.part_id, 'quote', 1, q.id, r.id, r.number, t.supplier_id, (t.submitted_at at time zone 'utc')::date,
            q.quantity * f.factor, q.unit_price / f.factor, t.currency
        from rfq_lines l
        join quote_lines q on q.rfq_line_id = l.id
        join quotes t on t.id = q.quote_id
        join rfqs r on r.id = l.rfq_id
        join parts p on p.id = l.part_id
        cross join lateral (select case when q.unit_id = p.unit_id then 1 else app.unit_factor(p.id, q.unit_id, p.unit_id) end as factor) f
        where t.submitted_at is not null and t.status not in ('draft', 'withdrawn') and q.outcome = 'priced' and q.unit_price > 0
            and r.deleted_at is null and not (r.sealed and r.bids_opened_at is null and r.status in ('open', 'paused', 'closed'))
        union all
        select l.part_id, 'order', 0, l.id, o.id, o.number, o.supplier_id, (o.issued_at at time zone 'utc')::date,
            l.quantity * f.factor, l.unit_price / f.factor, o.currency
        from order_lines l
        join orders o on o.id = l.order_id
        join parts p on p.id = l.part_id
        cross join lateral (select case when l.unit_id = p.unit_id then 1 else app.unit_factor(p.id, l.unit_id, p.unit_id) end as factor) f
        where o.issued_at is not null and o.status <> 'cancelled' and o.deleted_at is null and l.unit_price > 0 and l.quantity > 0
    ) x
    left join lateral (
        -- The last rate by the day of the price, else the first after it; each read by its index.
        select 1::numeric as rate, null::date as day where x.currency = 'EUR'
        union all
        (select e.rate, e.day from exchange_rates e where e.currency = x.currency and e.day <= x.day order by e.day desc limit 1)
        union all
        (select e.rate, e.day from exchange_rates e where e.currency = x.currency and e.day > x.day order by e.day limit 1)
        limit 1
    ) r on true;
alter view part_prices owner to sourcing_owner;
grant select on part_prices to sourcing_internal, sourcing_reporting;

-- Dear enough that a list asks it only for the rows of its page.
create or replace function app.median_price(part uuid) returns numeric
    language sql stable cost 5000 set search_path = public, pg_temp as $$
    select round((percentile_cont(0.5) within group (order by base_price))::numeric, 6) from part_prices where part_id = part
$$;
-- All that a list says of a part's prices, in one reading of them.
create or replace function app.price_brief(part uuid) returns text
    language sql stable cost 5000 set search_path = public, pg_temp as $$
    select json_build_object(
        'price', (array_agg(unit_price order by day desc, rank, base_price))[1], 'currency', (array_agg(currency order by day desc, rank, base_price))[1],
        'basePrice', (array_agg(base_price order by day desc, rank, base_price))[1], 'median', round((percentile_cont(0.5) within group (order by base_price))::numeric, 6),
        'quotes', count(*) filter (where source = 'quote'), 'orders', count(*) filter (where source = 'order'))::text
    from part_prices where part_id = part
$$;
alter function app.unit_factor(uuid, uuid, uuid) owner to sourcing_owner;
alter function app.median_price(uuid) owner to sourcing_owner;
alter function app.price_brief(uuid) owner to sourcing_owner;
revoke all on function app.unit_factor(uuid, uuid, uuid), app.median_price(uuid), app.price_brief(uuid) from public;
grant execute on function app.unit_factor(uuid, uuid, uuid), app.median_price(uuid), app.price_brief(uuid) to sourcing_internal, sourcing_reporting;
