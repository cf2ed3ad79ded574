-- Commissions: a ledger that is only added to, who sees it, who decides on it.

insert into app.audit_parents (table_name, column_name) values
    ('commission_plan_versions', 'plan_id'), ('commission_assignments', 'plan_id'), ('order_shares', 'order_id'), ('commission_disputes', 'commission_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Whether the system itself works: it reckons for everybody, and no person's session may.
create or replace function app.reckons_commissions() returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return (app.session()).user_id = '00000000-0000-7000-8000-000000000001';
end $$;

-- Whether the person of this session runs, approves and pays commissions; the system does what they ask for.
create or replace function app.manages_commissions() returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return app.reckons_commissions()
        or exists (select from user_roles ur join roles r on r.id = ur.role_id and r.name in ('Admin', 'SalesManager') where ur.user_id = (app.session()).user_id);
end $$;

-- The ledger, its steps and its payouts are written once, whoever asks.
create or replace function app.refuse_ledger_change() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
    any_line boolean;
begin
    if tg_op = 'TRUNCATE' then
        -- An empty ledger may be emptied: with what it leans on.
        execute format('select exists (select from %I)', tg_table_name) into any_line;
        if not any_line then
            return null;
        end if;
    end if;
    raise exception 'The ledger of commissions is only added to: nothing in it is changed or deleted. Write a correction.' using errcode = '42501';
end $$;
do $$
declare
    name text;
begin
    foreach name in array array['commissions', 'commission_events', 'commission_payouts', 'commission_runs'] loop
        execute format('create or replace trigger written_once before update or delete on %I for each row execute function app.refuse_ledger_change()', name);
        execute format('create or replace trigger never_emptied before truncate on %I for each statement execute function app.refuse_ledger_change()', name);
    end loop;
end $$;

-- A correction by hand is for somebody else, and takes from a line that is there.
create or replace function app.check_commission() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
begin
    if new.run_id is null and coalesce(current_setting('app.token', true), '') <> '' and new.sales_rep_id = app.user_id() then
        raise exception 'The line is your own, so another manager corrects it.';
    end if;
    return new;
end $$;
create or replace trigger checked before insert on commissions for each row when (new.run_id is null) execute function app.check_commission();

-- What a line points at is there: looked up once for all lines of a statement, because a foreign key is looked up for each, six times for a line, which took
-- half the time of a run. It may be, because none of it ever goes: lines and runs are never deleted, nor are active versions and their plans; nobody may
-- delete a representative or an order's sale, which holds its order (docs/decisions/0032). Always by index, one by one: a plan made while the
-- table was small would read it from end to end.
create or replace function app.check_commission_references() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    lost text;
begin
    select x.what into lost from (
        (select case
                when n.run_id is not null and not exists (select from commission_runs r where r.id = n.run_id) then 'run'
                when not exists (select from sales_reps r where r.id = n.sales_rep_id) then 'representative'
                when not exists (select from commission_plan_versions v where v.id = n.plan_version_id and v.plan_id = n.plan_id and v.status = 'active') then 'active version of its plan'
            end as what
            from (select distinct a.run_id, a.sales_rep_id, a.plan_version_id, a.plan_id from added a) n)
        union all
        -- A line that rests on another is one of the same order.
        (select 'order of a customer' from added a where a.order_id is not null and a.source_id is null and not exists (select from order_sales s where s.id = a.order_id) limit 1)
        union all
        (select 'line of the same order' from added a where a.source_id is not null
            and not exists (select from commissions c where c.id = a.source_id and c.order_id is not distinct from a.order_id) limit 1)
    ) x where x.what is not null limit 1;
    if found then
        raise exception 'A line of commissions names a % that is not there.', lost using errcode = '23503';
    end if;
    return null;
end $$;
create or replace trigger referenced after insert on commissions referencing new table as added for each statement execute function app.check_commission_references();
-- Keys of what lines point at stay as they are.
create or replace function app.refuse_new_key() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    raise exception 'The key of a record does not change.' using errcode = '42501';
end $$;
create or replace trigger same_key before update of id on sales_reps for each row when (new.id <> old.id) execute function app.refuse_new_key();
create or replace trigger same_key before update of id on order_sales for each row when (new.id <> old.id) execute function app.refuse_new_key();

drop trigger if exists checked on commission_events;
drop function if exists app.check_commission_step();
-- From pending over approved and payable to paid; or rejected, before it is payable. Each step by a manager above who does not earn it. All steps of an
-- act are looked at together: a period has hundreds of thousands. As the owner, so that whose lines they are is asked once; and by index, because a
-- plan that was made while the table was small would read it from end to end for each line.
create or replace function app.check_commission_steps() returns trigger language plpgsql security definer set search_path = public, app, pg_temp set enable_seqscan = off as $$
declare
    wrong record;
    me uuid;
    tree uuid[];
begin
    select a.state, coalesce(l.state, 'pending') as last, a.step <> coalesce(l.step, 0) + 1 as stale into wrong
        from added a
        left join lateral (select e.state, e.step from commission_events e where e.commission_id = a.commission_id and e.step < a.step order by e.step desc limit 1) l on true
        where a.step <> coalesce(l.step, 0) + 1 or not coalesce(case a.state
            when 'approved' then l.state is null
            when 'payable' then l.state = 'approved'
            when 'paid' then l.state = 'payable'
            when 'rejected' then l.state is null or l.state = 'approved' end, false)
        order by 3 desc limit 1;
    if wrong.stale then
        raise exception 'Somebody else decided on one of these lines a moment ago, so nothing was done. Reload the page to see where they stand.';
    elsif found then
        raise exception 'A line that is % cannot become %. Reload the page to see where it stands.', wrong.last, wrong.state;
    end if;
    if coalesce(current_setting('app.token', true), '') = '' then
        return null;
    end if;
    me := app.user_id();
    tree := app.rep_ids();
    if exists (select from added where done_by <> me) then
        raise exception 'A step is taken in one''s own name.' using errcode = '42501';
    end if;
    if exists (select from added a join commissions c on c.id = a.commission_id where c.sales_rep_id <> all (tree)) then
        raise exception 'not a line of one''s own people' using errcode = '42501';
    end if;
    if exists (select from added a join commissions c on c.id = a.commission_id where c.sales_rep_id = me and a.state <> 'paid') then
        raise exception 'A line is your own, so another manager decides on it.';
    end if;
    return null;
end $$;
create or replace trigger checked after insert on commission_events referencing new table as added for each statement execute function app.check_commission_steps();

-- An active version stays as it is but for its end; versions of a plan and plans of a representative never overlap.
create or replace function app.check_plan_version() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
declare
    other int;
begin
    if tg_op <> 'INSERT' and old.status = 'active' and (tg_op = 'DELETE' or to_jsonb(new) - array['valid_until', 'updated_at'] <> to_jsonb(old) - array['valid_until', 'updated_at']) then
        raise exception 'Version % is active: lines of the ledger rest on it as it is. Write a new version.', old.number;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    return new;
end $$;
create or replace trigger checked before insert or update or delete on commission_plan_versions for each row execute function app.check_plan_version();

create or replace function app.keep_versions_apart() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
declare
    other int;
begin
    perform pg_advisory_xact_lock(hashtextextended('commission_plan ' || new.plan_id, 0));
    select v.number into other from commission_plan_versions v join commission_plan_versions n on n.id = new.id and n.status = 'active'
        where v.plan_id = n.plan_id and v.id <> n.id and v.status = 'active'
            and daterange(v.valid_from, v.valid_until) && daterange(n.valid_from, n.valid_until) limit 1;
    if found then
        raise exception 'Versions % and % of the plan would overlap. Let the later one begin after the earlier one ends.', other, new.number;
    end if;
    return null;
end $$;
create or replace function app.keep_assignments_apart() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
declare
    other date;
begin
    perform pg_advisory_xact_lock(hashtextextended('commission_assignment ' || new.sales_rep_id, 0));
    select a.valid_from into other from commission_assignments a join commission_assignments n on n.id = new.id
        where a.sales_rep_id = n.sales_rep_id and a.id <> n.id and daterange(a.valid_from, a.valid_until) && daterange(n.valid_from, n.valid_until) limit 1;
    if found then
        raise exception 'This representative has a plan from % on that overlaps. End that one first.', to_char(other, 'FMDD Mon YYYY');
    end if;
    return null;
end $$;
-- Shares of an order sum to 100, looked at when everything of the act is written.
create or replace function app.check_order_shares() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
declare
    total numeric;
    wanted uuid := coalesce(new.order_id, old.order_id);
begin
    select sum(percent) into total from order_shares where order_id = wanted;
    if total <> 100 then
        raise exception 'The shares sum to % %%. Change them until they sum to 100 %%.', trim_scale(total);
    end if;
    return null;
end $$;
do $$
begin
    if not exists (select from pg_trigger where tgname = 'apart' and tgrelid = 'commission_plan_versions'::regclass) then
        create constraint trigger apart after insert or update on commission_plan_versions deferrable initially deferred for each row execute function app.keep_versions_apart();
        create constraint trigger apart after insert or update on commission_assignments deferrable initially deferred for each row execute function app.keep_assignments_apart();
        create constraint trigger whole after insert or update or delete on order_shares deferrable initially deferred for each row execute function app.check_order_shares();
    end if;
end $$;

-- Where each line stands.
drop view if exists commission_standings;
create view commission_standings with (security_invoker = true) as
    select c.id as commission_id, coalesce(e.state, 'pending') as state, coalesce(e.step, 0) as step, coalesce(e.reason, '') as reason, e.payout_id, e.created_at as since
    from commissions c
    left join lateral (select x.state, x.step, x.reason, x.payout_id, x.created_at from commission_events x where x.commission_id = c.id order by x.step desc limit 1) e on true;
alter view commission_standings owner to sourcing_owner;
grant select on commission_standings to sourcing_internal, sourcing_rep;

-- The number of a line's order as the line tells it, for whoever sees the line and not (or no longer) the order.
create or replace function app.order_told(arithmetic jsonb) returns text language sql immutable parallel safe return arithmetic #>> '{order,number}';

-- What a run looks at: everything, whoever starts it, because it is arithmetic and leaves nobody a choice. For the system alone.
drop function if exists app.demand_commission_manager();
create or replace function app.demand_commission_reckoning() returns void language plpgsql stable security definer set search_path = app, pg_temp as $$
begin
    if not app.reckons_commissions() then
        raise exception 'only the system reckons commissions' using errcode = '42501';
    end if;
end $$;

-- Orders with an event on or after a day. Days are calendar days in UTC; sale is what the customer pays without tax, cost what the supplier is paid.
create or replace function app.commission_orders(since date) returns table (
        id uuid, number text, customer text, tier text, currency text, issued_on date, received_on date, paid_on date, cancelled_on date, short_on date, sale numeric, cost numeric, total numeric,
        sales_rep_id uuid)
    language plpgsql stable security definer rows 10000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query
        select o.id, o.number::text, c.name::text, c.tier::text, o.currency::text, (o.issued_at at time zone 'utc')::date, (o.received_at at time zone 'utc')::date,
            case when o.payment_status = 'paid' then p.last_day end, case when o.status = 'cancelled' then (o.cancelled_at at time zone 'utc')::date end,
            case when o.status = 'closed' and o.close_reason <> '' then (o.closed_at at time zone 'utc')::date end,
            coalesce(s.sale_total, o.subtotal + o.freight), o.subtotal + o.freight, o.total, coalesce(r.sales_rep_id, case when r.customer_id is null then s.sales_rep_id end)
        from order_sales s
        join orders o on o.id = s.id
        join customers c on c.id = s.customer_id
        left join (select y.order_id, max(y.paid_on) filter (where y.kind = 'payment') as last_day, max(y.paid_on) as last_move from order_payments y where y.deleted_at is null group by y.order_id) p
            on p.order_id = o.id
        left join (select x.order_id, max(x.received_at) as last_at from receipts x where x.deleted_at is null group by x.order_id) g on g.order_id = o.id
        left join customer_responsibilities r on r.customer_id = s.customer_id and r.valid_from <= (o.issued_at at time zone 'utc')::date
            and (r.valid_until is null or r.valid_until > (o.issued_at at time zone 'utc')::date)
        where o.deleted_at is null and o.issued_at is not null
            and greatest(o.issued_at, o.cancelled_at, o.closed_at, g.last_at, p.last_move::timestamp at time zone 'utc') >= since::timestamp at time zone 'utc';
end $$;

create or replace function app.commission_lines(wanted uuid[]) returns table (id uuid, order_id uuid, category text, amount numeric, quantity numeric, received numeric)
    language plpgsql stable security definer rows 20000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query
        select l.id, l.order_id, coalesce(c.code, '')::text, l.amount, l.quantity, least(l.received_quantity, l.quantity)
        from order_lines l join order_sales s on s.id = l.order_id
        left join parts p on p.id = l.part_id left join part_categories c on c.id = p.category_id
        where l.order_id in (select unnest(wanted));
end $$;

create or replace function app.commission_receipts(wanted uuid[]) returns table (id uuid, order_id uuid, line_id uuid, day date, quantity numeric)
    language plpgsql stable security definer rows 20000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query
        select r.id, r.order_id, r.order_line_id, (r.received_at at time zone 'utc')::date, r.quantity from receipts r
        where r.deleted_at is null and r.quantity > 0 and r.order_id in (select unnest(wanted)) order by r.received_at, r.id;
end $$;

create or replace function app.commission_payments(wanted uuid[]) returns table (id uuid, order_id uuid, is_refund boolean, day date, amount numeric)
    language plpgsql stable security definer rows 20000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query
        select y.id, y.order_id, y.kind = 'refund', y.paid_on, y.amount from order_payments y
        where y.deleted_at is null and y.order_id in (select unnest(wanted)) order by y.paid_on, y.id;
end $$;

create or replace function app.commission_shares(wanted uuid[]) returns table (order_id uuid, sales_rep_id uuid, percent numeric)
    language plpgsql stable security definer rows 1000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query select s.order_id, s.sales_rep_id, s.percent from order_shares s
        where s.order_id in (select unnest(wanted)) order by s.order_id, s.sales_rep_id;
end $$;

create or replace function app.commission_people() returns table (id uuid, manager_id uuid)
    language plpgsql stable security definer rows 100 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query select r.id, r.manager_id from sales_reps r;
end $$;

create or replace function app.commission_quotas(since date) returns table (sales_rep_id uuid, period_start date, period_end date, amount numeric, currency text)
    language plpgsql stable security definer rows 100 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query select q.sales_rep_id, q.period_start, q.period_end, q.amount, q.currency::text from sales_quotas q where q.period_end > since;
end $$;

create or replace function app.commission_ledger(since date) returns table (
        id uuid, kind text, sales_rep_id uuid, order_id uuid, event_key text, plan_id uuid, plan_version_id uuid, period_start date, earned_on date, base_amount numeric, amount numeric, currency text,
        source_id uuid, bases text, is_rejected boolean)
    language plpgsql stable security definer rows 10000 set search_path = public, app, pg_temp as $$
begin
    perform app.demand_commission_reckoning();
    return query
        select c.id, c.kind::text, c.sales_rep_id, c.order_id, c.event_key::text, c.plan_id, c.plan_version_id, c.period_start, c.earned_on, c.base_amount, c.amount, c.currency::text, c.source_id,
            c.bases::text, exists (select from commission_events e where e.commission_id = c.id and e.state = 'rejected')
        from commissions c
        -- As far back as the longest window of a clawback, which is two years. Nothing is earned before its period begins, save by a day between time zones.
        where c.earned_on >= since - 732 order by c.id;
end $$;

do $$
declare
    name text;
    login text;
begin
    foreach name in array array['app.order_told(jsonb)', 'app.reckons_commissions()', 'app.manages_commissions()', 'app.demand_commission_reckoning()', 'app.commission_orders(date)', 'app.commission_lines(uuid[])', 'app.commission_receipts(uuid[])',
        'app.commission_payments(uuid[])', 'app.commission_shares(uuid[])', 'app.commission_people()', 'app.commission_quotas(date)', 'app.commission_ledger(date)',
        'app.refuse_ledger_change()', 'app.check_commission()', 'app.check_commission_references()', 'app.refuse_new_key()', 'app.check_commission_steps()', 'app.check_plan_version()', 'app.keep_versions_apart()', 'app.keep_assignments_apart()',
        'app.check_order_shares()'] loop
        execute format('alter function %s owner to sourcing_owner', name);
        execute format('revoke all on function %s from public', name);
        execute format('grant execute on function %s to sourcing_internal, sourcing_rep', name);
    end loop;

    -- Who sees what: one's own and everybody below, inside as outside. Managers add; nobody changes the ledger.
    foreach login in array array['sourcing_internal', 'sourcing_rep'] loop
        execute format('grant select, insert on commissions, commission_events, commission_payouts, commission_runs to %I', login);
        execute format('grant select, insert, update on commission_plans, commission_assignments, commission_disputes to %I', login);
        execute format('grant select, insert, update, delete on commission_plan_versions to %I', login);
        execute format('grant select, insert, delete on order_shares to %I', login);
        foreach name in array array['commission_plans', 'commission_plan_versions', 'commission_assignments', 'order_shares', 'commission_runs', 'commissions', 'commission_events', 'commission_payouts',
            'commission_disputes'] loop
            execute format('drop policy if exists %I on %I', login || '_reads', name);
            execute format('drop policy if exists %I on %I', login || '_adds', name);
            execute format('drop policy if exists %I on %I', login || '_changes', name);
            execute format('drop policy if exists %I on %I', login || '_removes', name);
        end loop;
        execute format('create policy %I on commissions for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]))', login || '_reads', login);
        execute format('create policy %I on commissions for insert to %I with check (case when run_id is null then (select app.manages_commissions()) and sales_rep_id = any ((select app.rep_ids())::uuid[]) else (select app.reckons_commissions()) end)', login || '_adds', login);
        execute format('create policy %I on commission_events for select to %I using (exists (select from commissions c where c.id = commission_id))', login || '_reads', login);
        execute format('create policy %I on commission_events for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_payouts for select to %I using ((select app.manages_commissions()) or exists (select from commission_events e where e.payout_id = commission_payouts.id))', login || '_reads', login);
        execute format('create policy %I on commission_payouts for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_runs for select to %I using ((select app.manages_commissions()))', login || '_reads', login);
        execute format('create policy %I on commission_runs for insert to %I with check ((select app.reckons_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_assignments for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]) or (select app.manages_commissions()))', login || '_reads', login);
        execute format('create policy %I on commission_assignments for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_assignments for update to %I using ((select app.manages_commissions())) with check ((select app.manages_commissions()))', login || '_changes', login);
        execute format('create policy %I on commission_plans for select to %I using ((select app.manages_commissions()) or exists (select from commission_assignments a where a.plan_id = commission_plans.id))', login || '_reads', login);
        execute format('create policy %I on commission_plans for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_plans for update to %I using ((select app.manages_commissions())) with check ((select app.manages_commissions()))', login || '_changes', login);
        execute format('create policy %I on commission_plan_versions for select to %I using (exists (select from commission_plans p where p.id = plan_id))', login || '_reads', login);
        execute format('create policy %I on commission_plan_versions for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on commission_plan_versions for update to %I using ((select app.manages_commissions())) with check ((select app.manages_commissions()))', login || '_changes', login);
        execute format('create policy %I on commission_plan_versions for delete to %I using ((select app.manages_commissions()) and status = ''draft'')', login || '_removes', login);
        execute format('create policy %I on order_shares for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]) or (select app.manages_commissions()))', login || '_reads', login);
        execute format('create policy %I on order_shares for insert to %I with check ((select app.manages_commissions()))', login || '_adds', login);
        execute format('create policy %I on order_shares for delete to %I using ((select app.manages_commissions()))', login || '_removes', login);
        execute format('create policy %I on commission_disputes for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]))', login || '_reads', login);
        execute format('create policy %I on commission_disputes for insert to %I with check (sales_rep_id = (select app.user_id()) and asked_by = (select app.user_id()) and exists (select from commissions c where c.id = commission_id and c.sales_rep_id = (select app.user_id())))', login || '_adds', login);
        execute format('create policy %I on commission_disputes for update to %I using ((select app.manages_commissions()) and sales_rep_id = any ((select app.rep_ids())::uuid[]) and sales_rep_id <> (select app.user_id())) with check (sales_rep_id <> (select app.user_id()))', login || '_changes', login);
    end loop;
end $$;
