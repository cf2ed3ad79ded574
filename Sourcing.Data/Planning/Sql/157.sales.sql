-- Sales: read by time, and by week beside each part of a list.

-- The list of sales, newest first: each month's partition gives its rows in order.
create index if not exists ix_sales_history_time_id on public.sales_history (time desc, id desc);

-- Sales of a part in the closed weeks before a Monday, oldest first, as a JSON array; what came back is netted within its week. Dear enough that a
-- list asks it only for the rows of its page.
create or replace function app.recent_sales(part uuid, before_day date, weeks int) returns text
    language sql stable cost 5000 set search_path = public, pg_temp as $$
    select json_agg(greatest(coalesce(s.quantity, 0), 0) order by w.n)::text
    from generate_series(1, weeks) as w(n)
    left join (
        select (before_day - date_trunc('week', time at time zone 'UTC')::date) / 7 as ago, sum(quantity) as quantity from sales_history
        where part_id = part and time >= (before_day - 7 * weeks)::timestamp at time zone 'UTC' and time < before_day::timestamp at time zone 'UTC'
        group by 1) s on s.ago = weeks - w.n + 1
$$;
alter function app.recent_sales(uuid, date, int) owner to sourcing_owner;
revoke all on function app.recent_sales(uuid, date, int) from public;
grant execute on function app.recent_sales(uuid, date, int) to sourcing_internal, sourcing_reporting;
