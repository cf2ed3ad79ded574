-- Stock: what is on order of a part, in its own unit.

-- How many of a part's own unit one of another unit is, as UnitConversion reckons it: by the part's factor, by the dimension of its unit, or by
-- the dimension of a unit that it has a factor for. Null where there is no way: nothing is ever taken for one to one.
create or replace function app.own_factor(part uuid, own_unit uuid, from_unit uuid) returns numeric
    language sql stable parallel safe set search_path = public, pg_temp
    return case when from_unit = own_unit then 1 else coalesce(
        (select c.factor from part_unit_conversions c where c.part_id = part and c.unit_id = from_unit and c.deleted_at is null),
        (select f.factor / t.factor from units f, units t where f.id = from_unit and t.id = own_unit and f.dimension = t.dimension and f.dimension <> 'package'),
        (select c.factor * f.factor / t.factor
            from part_unit_conversions c join units t on t.id = c.unit_id join units f on f.id = from_unit and f.dimension = t.dimension and f.dimension <> 'package'
            where c.part_id = part and c.deleted_at is null order by c.unit_id limit 1)) end;
alter function app.own_factor(uuid, uuid, uuid) owner to sourcing_owner;
revoke all on function app.own_factor(uuid, uuid, uuid) from public;
grant execute on function app.own_factor(uuid, uuid, uuid) to sourcing_internal, sourcing_reporting;

-- Placed with a supplier and not here yet. Lines in a unit that does not convert are counted and not summed.
drop view if exists part_on_order;
create view part_on_order with (security_invoker = true) as
    select l.part_id, count(*)::int as lines, coalesce(round(sum(x.open * x.factor), 6), 0) as quantity, count(*) filter (where x.factor is null)::int as unconverted, min(x.due) as next_due
    from orders o
    join order_lines l on l.order_id = o.id
    join parts p on p.id = l.part_id
    cross join lateral (
        select l.quantity - l.received_quantity as open, coalesce(l.promised_date, l.need_by) as due,
            case when l.unit_id = p.unit_id then 1 else app.own_factor(p.id, p.unit_id, l.unit_id) end as factor) x
    where o.status in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received') and o.deleted_at is null and x.open > 0
    group by l.part_id;
alter view part_on_order owner to sourcing_owner;
grant select on part_on_order to sourcing_internal, sourcing_reporting;
