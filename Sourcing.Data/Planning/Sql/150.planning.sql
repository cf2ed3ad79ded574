-- Planning: series by month, whose history, what may be removed, and what sales may see.
create table if not exists public.sales_history (
    id uuid not null,
    time timestamptz not null,
    part_id uuid not null references parts (id),
    quantity numeric(18,6) not null,
    unit_price numeric(18,4) check (unit_price >= 0),
    total_value numeric(18,2),
    currency varchar(3),
    customer text not null default '' check (length(customer) <= 200),
    region text not null default '' check (length(region) <= 80),
    customer_segment text not null default '' check (length(customer_segment) <= 80),
    document text not null default '' check (length(document) <= 80),
    import_run_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (id, time)
) partition by range (time);
-- A part's sales by time; totals by region and segment are sums over a span.
create index if not exists ix_sales_history_part on public.sales_history (part_id, time desc);
create index if not exists ix_sales_history_time on public.sales_history using brin (time);
create index if not exists ix_sales_history_import on public.sales_history (import_run_id) where import_run_id is not null;
create table if not exists public.sales_history_rest partition of public.sales_history default;

create table if not exists public.demand_history (
    id uuid not null,
    time timestamptz not null,
    part_id uuid not null references parts (id),
    quantity numeric(18,6) not null,
    source varchar(40) not null check (source in ('prod_plan', 'sales_history', 'model', 'projection', 'manual', 'other', 'override')),
    actual_vs_forecast numeric(18,6),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (id, time)
) partition by range (time);
create index if not exists ix_demand_history_part on public.demand_history (part_id, time desc);
create index if not exists ix_demand_history_time on public.demand_history using brin (time);
create table if not exists public.demand_history_rest partition of public.demand_history default;

-- Months that are to be filled, back to fifty years ago; what is older, or whose month began in the default partition, stays there.
create or replace function app.ensure_months(parent regclass, first_day date, last_day date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month date := date_trunc('month', greatest(first_day, (now() - interval '50 years')::date))::date;
    name text;
    crowded boolean;
begin
    if parent::text not in ('sales_history', 'demand_history') then
        raise exception 'No table by month: %', parent;
    end if;
    perform pg_advisory_xact_lock(7305809122005);
    while month <= least(last_day, (now() + interval '2 years')::date) loop
        name := format('%s_%s', parent::text, to_char(month, 'YYYY_MM'));
        if to_regclass('public.' || name) is null then
            execute format('select exists (select from public.%I where time >= %L and time < %L)', parent::text || '_rest', month, month + interval '1 month') into crowded;
            if not crowded then
                execute format('create table public.%I partition of public.%s for values from (%L) to (%L)', name, parent::text, month, (month + interval '1 month')::date);
                execute format('alter table public.%I owner to sourcing_owner', name);
            end if;
        end if;
        month := (month + interval '1 month')::date;
    end loop;
end $$;
revoke all on function app.ensure_months(regclass, date, date) from public;
grant execute on function app.ensure_months(regclass, date, date) to sourcing_internal;
alter table public.sales_history_rest owner to sourcing_owner;
alter table public.demand_history_rest owner to sourcing_owner;
alter table public.sales_history owner to sourcing_owner;
alter table public.demand_history owner to sourcing_owner;
select app.ensure_months('public.sales_history', now()::date, (now() + interval '3 months')::date);
select app.ensure_months('public.demand_history', now()::date, (now() + interval '3 months')::date);

insert into app.audit_parents (table_name, column_name) values
    ('inventory', 'part_id'), ('stock_movements', 'part_id'), ('reservations', 'part_id'), ('bills_of_materials', 'part_id'), ('bom_lines', 'parent_part_id'),
    ('forecasts', 'part_id'), ('planning_parameters', 'part_id'), ('procurement_recommendations', 'part_id')
on conflict (table_name) do update set column_name = excluded.column_name;

-- A cycle proposes tens of thousands and takes back what nobody decided of the cycle before. It says so itself; history is what somebody does to them.
create or replace trigger history after update on procurement_recommendations for each row
    when (not (old.status = 'proposed' and new.status = 'superseded')) execute function app.audit('part_id');
create or replace trigger history_of_decided after insert on procurement_recommendations for each row
    when (new.status <> 'proposed') execute function app.audit('part_id');

-- What cycles long past worked out is removed for good; the cycles and what was decided stay.
grant delete on planned_requirements, planning_messages, planning_issues, planning_snapshots, sku_forecasts, sku_forecast_points to sourcing_internal;

-- A what-if is a question: whoever asked it may throw it away. A live cycle stays.
grant delete on planning_cycles to sourcing_internal;
drop policy if exists only_what_ifs_go on planning_cycles;
create policy only_what_ifs_go on planning_cycles as restrictive for delete to sourcing_internal using (kind = 'what_if');
