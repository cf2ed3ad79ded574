-- Scorecards: what happened with suppliers, and the KPIs made of it.
insert into app.audit_parents (table_name, column_name) values ('scorecard_criteria', 'template_id'), ('scorecard_standings', 'template_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Rows of a draft that its next version does not have; figures that the next recomputation does not find again.
grant delete on scorecard_criteria, scorecard_standings, supplier_scorecards, supplier_kpis to sourcing_internal;
drop policy if exists drafts_only on scorecard_criteria;
create policy drafts_only on scorecard_criteria as restrictive for delete to sourcing_internal
    using (exists (select from scorecard_templates t where t.id = template_id and t.status = 'draft'));
drop policy if exists drafts_only on scorecard_standings;
create policy drafts_only on scorecard_standings as restrictive for delete to sourcing_internal
    using (exists (select from scorecard_templates t where t.id = template_id and t.status = 'draft'));

-- Units of a currency for one EUR: the last rate by the day, else the first after it.
create or replace function app.rate_on(wanted text, on_day date) returns numeric
    language sql stable parallel safe set search_path = public, pg_temp as $$
    select case when wanted = 'EUR' then 1 else coalesce(
        (select e.rate from exchange_rates e where e.currency = wanted and e.day <= on_day order by e.day desc limit 1),
        (select e.rate from exchange_rates e where e.currency = wanted and e.day > on_day order by e.day limit 1)) end
$$;

-- How many of one unit another is, for a part where it has factors of its own, through the part's unit.
create or replace function app.line_factor(part uuid, from_unit uuid, to_unit uuid) returns numeric
    language sql stable parallel safe set search_path = public, pg_temp as $$
    select case when from_unit = to_unit then 1 when part is null then app.unit_factor(null, from_unit, to_unit) else
        (select app.unit_factor(part, from_unit, p.unit_id) / nullif(app.unit_factor(part, to_unit, p.unit_id), 0) from parts p where p.id = part) end
$$;

-- One row per event and KPI: every figure is a sum, a mean or a percentile over these rows, and a drill-down shows these very rows.
-- The events of [first_day, until_day), none after "today", of one supplier or of all, for these KPIs.
-- step is month, quarter or year, or all for one period that begins on first_day. Custom plans: what is not asked for costs nothing.
create or replace function app.kpi_events(step text, first_day date, until_day date, today date, one uuid, kpis text[])
    returns table (supplier_id uuid, kpi text, period_start date, day date, top numeric, bottom numeric, value numeric, document_id uuid, item_id uuid)
    language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
    -- Deliveries: lines due in the period and before today, whether anything came or not.
    if kpis && array['otif', 'on_time_lines', 'median_delay', 'fill_rate'] then
        return query
        with due as (
            select o.supplier_id, o.id as order_id, l.id, l.quantity, coalesce(l.promised_date, l.need_by) as day
            from orders o join order_lines l on l.order_id = o.id
            where (one is null or o.supplier_id = one) and o.deleted_at is null and o.status not in ('draft', 'approved', 'cancelled') and l.quantity > 0
                and coalesce(l.promised_date, l.need_by) >= first_day and coalesce(l.promised_date, l.need_by) < least(until_day, today)
        ), came as (
            select d.id, d.day as due_day, d.quantity as ordered, r.quantity, (r.received_at at time zone 'utc')::date as day,
                sum(r.quantity) over (partition by d.id order by r.received_at, r.id) as total
            from due d join receipts r on r.order_line_id = d.id
            where r.deleted_at is null and (r.received_at at time zone 'utc')::date <= today
        ), got as (
            select c.id, sum(c.quantity) as received, coalesce(sum(c.quantity) filter (where c.day <= c.due_day), 0) as on_time, min(c.day) filter (where c.total >= c.ordered) as done
            from came c group by c.id
        )
        select d.supplier_id, v.kpi, case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day, v.top, v.bottom, v.value, d.order_id, d.id
        from due d left join got g on g.id = d.id
        cross join lateral (values
            ('otif', least(coalesce(g.on_time, 0), d.quantity), d.quantity, null::numeric),
            ('on_time_lines', case when coalesce(g.on_time, 0) >= d.quantity then 1 else 0 end, 1, null),
            ('median_delay', null, null, case when coalesce(g.on_time, 0) < d.quantity then (coalesce(g.done, today) - d.day)::numeric end),
            ('fill_rate', least(coalesce(g.received, 0), d.quantity), d.quantity, null)) v (kpi, top, bottom, value)
        where v.kpi = any (kpis) and (v.kpi <> 'median_delay' or v.value is not null);
    end if;

    if 'quality_ppm' = any (kpis) then
        return query
        select o.supplier_id, 'quality_ppm', case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day,
            r.rejected_quantity, r.quantity + r.rejected_quantity, null::numeric, o.id, r.id
        from receipts r join orders o on o.id = r.order_id cross join lateral (select (r.received_at at time zone 'utc')::date as day) d
        where (one is null or o.supplier_id = one) and r.deleted_at is null and o.deleted_at is null and o.status <> 'cancelled'
            and d.day >= first_day and d.day < until_day and d.day <= today;
    end if;

    -- Declining with a reason is an answer; what can still be answered does not count. Each round asks anew.
    if kpis && array['response_rate', 'hours_to_answer'] then
        return query
        select i.supplier_id, v.kpi, case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day, v.top, v.bottom, v.value, r.id, i.id
        from (
            select n.id, n.supplier_id, n.rfq_id, n.round, n.status, n.invited_at, n.responded_at from rfq_invitations n
            union all
            select n.id, n.supplier_id, n.rfq_id, n.round, n.status, n.invited_at, n.responded_at from rfq_round_answers n) i
        join rfqs r on r.id = i.rfq_id
        cross join lateral (select (i.invited_at at time zone 'utc')::date as day, i.status in ('quoted', 'declined') as answered) d
        cross join lateral (values
            ('response_rate', d.answered::int::numeric, 1::numeric, null::numeric),
            ('hours_to_answer', null, null, round(extract(epoch from i.responded_at - i.invited_at) / 3600, 4))) v (kpi, top, bottom, value)
        where (one is null or i.supplier_id = one) and d.day >= first_day and d.day < until_day and d.day <= today and v.kpi = any (kpis)
            and case v.kpi when 'response_rate' then d.answered or i.round < r.round or r.status not in ('draft', 'approval', 'open', 'paused', 'cancelled') else v.value is not null end;
    end if;

    if 'win_rate' = any (kpis) then
        return query
        select q.supplier_id, 'win_rate', case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day,
            (q.status in ('awarded', 'partially_awarded'))::int::numeric, 1::numeric, null::numeric, r.id, q.id
        from quotes q join rfqs r on r.id = q.rfq_id cross join lateral (select (q.submitted_at at time zone 'utc')::date as day) d
        where (one is null or q.supplier_id = one) and q.status in ('awarded', 'partially_awarded', 'rejected', 'expired')
            and not exists (select from quotes n where n.rfq_id = q.rfq_id and n.supplier_id = q.supplier_id and n.round > q.round and n.submitted_at is not null)
            and d.day >= first_day and d.day < until_day and d.day <= today;
    end if;

    -- Offers of what was asked, in the base currency and the asked unit, at the quantity to be bought; sealed ones once they are opened.
    if 'price_index' = any (kpis) then
        return query
        with offers as (
            select t.supplier_id, t.rfq_id, q.id, (t.submitted_at at time zone 'utc')::date as day,
                coalesce(b.unit_price, q.unit_price) * f.factor / app.rate_on(t.currency, (t.submitted_at at time zone 'utc')::date) as price, q.rfq_line_id, t.round
            from quotes t join rfqs r on r.id = t.rfq_id join quote_lines q on q.quote_id = t.id join rfq_lines l on l.id = q.rfq_line_id
            cross join lateral (select app.line_factor(l.part_id, l.unit_id, q.unit_id) as factor) f
            cross join lateral (select greatest(l.quantity * f.factor, coalesce(q.moq, 0)) as quantity) w
            cross join lateral (select case when q.order_multiple > 0 then ceil(w.quantity / q.order_multiple) * q.order_multiple else w.quantity end as quantity) y
            left join lateral (
                select p.unit_price from quote_price_breaks p where p.quote_line_id = q.id and p.minimum_quantity <= y.quantity order by p.minimum_quantity desc limit 1) b on true
            where q.outcome = 'priced' and q.unit_price > 0 and t.submitted_at is not null and t.status not in ('draft', 'withdrawn') and r.deleted_at is null
                and (r.status in ('evaluating', 'awarded', 'completed') or ((not r.sealed or r.bids_opened_at is not null) and r.status in ('closed', 'cancelled')))
                and t.submitted_at >= first_day::timestamp at time zone 'utc' - interval '1 year'
                and (one is null or t.rfq_id in (select s.rfq_id from quotes s where s.supplier_id = one))
        ), lowest as (
            select o.*, min(o.price) over (partition by o.rfq_line_id, o.round) as best from offers o where o.price > 0
        )
        select w.supplier_id, 'price_index', case when step = 'all' then first_day else date_trunc(step, w.day)::date end, w.day, null::numeric, null::numeric,
            round(w.best / w.price, 6), w.rfq_id, w.id
        from lowest w where (one is null or w.supplier_id = one) and w.day >= first_day and w.day < until_day and w.day <= today;
    end if;

    if 'price_to_median' = any (kpis) then
        return query
        with prices as (
            select p.part_id, p.supplier_id, p.day, p.base_price, p.document_id, p.source_id from part_prices p
            where (one is null or p.supplier_id = one) and p.source = 'quote' and p.base_price is not null and p.day >= first_day and p.day < until_day and p.day <= today
        ), medians as (
            select d.part_id, app.median_price(d.part_id) as median from (select distinct part_id from prices) d
        )
        select p.supplier_id, 'price_to_median', case when step = 'all' then first_day else date_trunc(step, p.day)::date end, p.day, null::numeric, null::numeric,
            round(p.base_price / m.median - 1, 6), p.document_id, p.source_id
        from prices p join medians m on m.part_id = p.part_id and m.median > 0;
    end if;

    -- Lines of orders that came from a quote, when everything of them had come.
    if kpis && array['lead_time_p50', 'lead_time_p90'] then
        return query
        with quoted as (
            select o.supplier_id, o.id as order_id, l.id, l.quantity, (o.issued_at at time zone 'utc')::date as issued, coalesce(a.lead_time_days, q.lead_time_days) as days
            from orders o join quotes q on q.id = o.quote_id join order_lines l on l.order_id = o.id
            left join quote_lines a on a.quote_id = q.id and a.rfq_line_id = l.rfq_line_id
            where (one is null or o.supplier_id = one) and o.deleted_at is null and o.status <> 'cancelled' and o.issued_at is not null and l.quantity > 0
                and coalesce(a.lead_time_days, q.lead_time_days) is not null
        ), done as (
            select c.id, min(c.day) as day from (
                select d.id, d.quantity, (r.received_at at time zone 'utc')::date as day, sum(r.quantity) over (partition by d.id order by r.received_at, r.id) as total
                from quoted d join receipts r on r.order_line_id = d.id
                where r.deleted_at is null and (r.received_at at time zone 'utc')::date <= today) c
            where c.total >= c.quantity group by c.id
        )
        select q.supplier_id, v.kpi, case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day, null::numeric, null::numeric,
            (d.day - q.issued - q.days)::numeric, q.order_id, q.id
        from quoted q join done d on d.id = q.id cross join (values ('lead_time_p50'), ('lead_time_p90')) v (kpi)
        where d.day >= first_day and d.day < until_day and v.kpi = any (kpis);
    end if;

    if 'spend' = any (kpis) then
        return query
        select o.supplier_id, 'spend', case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day,
            round(o.total / app.rate_on(o.currency, d.day), 2), null::numeric, null::numeric, o.id, o.id
        from orders o cross join lateral (select (o.issued_at at time zone 'utc')::date as day) d
        where (one is null or o.supplier_id = one) and o.deleted_at is null and o.status not in ('draft', 'approved', 'cancelled')
            and d.day >= first_day and d.day < until_day and d.day <= today;
    end if;

    if 'savings' = any (kpis) then
        return query
        select q.supplier_id, 'savings', case when step = 'all' then first_day else date_trunc(step, d.day)::date end, d.day,
            round((a.baseline_price - a.compared_price) * a.quantity / app.rate_on(c.currency, d.day), 2), null::numeric, null::numeric, c.rfq_id, l.id
        from awards a join award_decisions c on c.id = a.decision_id and c.status = 'decided'
        join quote_lines l on l.id = a.quote_line_id join quotes q on q.id = l.quote_id
        cross join lateral (select (c.decided_at at time zone 'utc')::date as day) d
        where (one is null or q.supplier_id = one) and a.baseline_price is not null and d.day >= first_day and d.day < until_day and d.day <= today;
    end if;
end $$;

-- The KPIs of every supplier with anything to tell, in one statement. Shares are sums over sums, never means of shares.
create or replace function app.reckon_kpis(step text, first_day date, until_day date, today date, one uuid, kpis text[])
    returns table (supplier_id uuid, kpi text, period_start date, events int, top numeric, bottom numeric, value numeric)
    language sql stable set search_path = public, pg_temp as $$
    select e.supplier_id, e.kpi, e.period_start, count(*)::int, sum(e.top), sum(e.bottom),
        round(case
            when e.kpi in ('spend', 'savings') then case when count(e.top) = count(*) then sum(e.top) end
            when e.kpi in ('price_index', 'price_to_median') then avg(e.value)
            when e.kpi = 'lead_time_p90' then (percentile_cont(0.9) within group (order by e.value))::numeric
            when e.kpi in ('median_delay', 'hours_to_answer', 'lead_time_p50') then (percentile_cont(0.5) within group (order by e.value))::numeric
            when e.kpi = 'quality_ppm' then 1000000 * sum(e.top) / nullif(sum(e.bottom), 0)
            else sum(e.top) / nullif(sum(e.bottom), 0) end, 6)
    from app.kpi_events(step, first_day, until_day, today, one, kpis) e
    group by e.supplier_id, e.kpi, e.period_start
$$;

alter function app.rate_on(text, date) owner to sourcing_owner;
alter function app.line_factor(uuid, uuid, uuid) owner to sourcing_owner;
alter function app.kpi_events(text, date, date, date, uuid, text[]) owner to sourcing_owner;
alter function app.reckon_kpis(text, date, date, date, uuid, text[]) owner to sourcing_owner;
revoke all on function app.rate_on(text, date), app.line_factor(uuid, uuid, uuid), app.kpi_events(text, date, date, date, uuid, text[]),
    app.reckon_kpis(text, date, date, date, uuid, text[]) from public;
grant execute on function app.rate_on(text, date), app.line_factor(uuid, uuid, uuid), app.kpi_events(text, date, date, date, uuid, text[]),
    app.reckon_kpis(text, date, date, date, uuid, text[]) to sourcing_internal, sourcing_reporting;
