-- Sales: whose customers, notes and orders a representative sees, what of an RFQ or order is theirs to know, what follows from an award.

insert into app.audit_parents (table_name, column_name) values
    ('customer_contacts', 'customer_id'), ('customer_responsibilities', 'customer_id'), ('sales_notes', 'customer_id'), ('rfq_requests', 'customer_id'),
    ('order_sales', 'id'), ('sales_quotas', 'sales_rep_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Of the person of this session: themselves and everybody below them; for an admin all. Nobody else's. In a policy as
-- = any ((select app.rep_ids())::uuid[]), so that it is asked once a statement and the index serves.
create or replace function app.rep_ids() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
    with recursive tree as (
        select r.id from sales_reps r where r.id = (app.session()).user_id or (select app.is_admin())
        union
        select r.id from sales_reps r join tree t on r.manager_id = t.id
    )
    select coalesce(array_agg(id), '{}') from tree
$$;
alter function app.rep_ids() owner to sourcing_owner;
revoke all on function app.rep_ids() from public;
grant execute on function app.rep_ids() to sourcing_internal, sourcing_rep;
grant execute on function app.merging(text, uuid) to sourcing_rep;

-- What colleagues are called.
grant select (id, full_name, is_active) on people to sourcing_rep;
drop policy if exists rep_counts on number_sequences;
create policy rep_counts on number_sequences for all to sourcing_rep using (true) with check (true);
grant select, insert, update on number_sequences to sourcing_rep;
drop policy if exists rep_reads on exchange_rates;
create policy rep_reads on exchange_rates for select to sourcing_rep using (true);
grant select on exchange_rates to sourcing_rep;

-- Teams and who leads whom: one's own tree.
drop policy if exists rep_reads on sales_teams;
create policy rep_reads on sales_teams for select to sourcing_rep using (true);
grant select on sales_teams to sourcing_rep;
drop policy if exists rep_reads on sales_reps;
create policy rep_reads on sales_reps for select to sourcing_rep using (id = any ((select app.rep_ids())::uuid[]));
grant select on sales_reps to sourcing_rep;

-- Customers: one's own and those of whoever is below. Nobody gives one to somebody outside their tree.
drop policy if exists rep_reads on customers;
create policy rep_reads on customers for select to sourcing_rep using (sales_rep_id = any ((select app.rep_ids())::uuid[]));
drop policy if exists rep_adds on customers;
create policy rep_adds on customers for insert to sourcing_rep with check (sales_rep_id = any ((select app.rep_ids())::uuid[]));
drop policy if exists rep_changes on customers;
create policy rep_changes on customers for update to sourcing_rep
    using (sales_rep_id = any ((select app.rep_ids())::uuid[])) with check (sales_rep_id = any ((select app.rep_ids())::uuid[]));
grant select, insert, update on customers to sourcing_rep;
do $$
declare
    child text;
begin
    foreach child in array array['customer_contacts', 'customer_responsibilities'] loop
        execute format('drop policy if exists rep_all on %I', child);
        execute format('create policy rep_all on %I for all to sourcing_rep using (exists (select from customers c where c.id = customer_id)) with check (exists (select from customers c where c.id = customer_id))', child);
        execute format('grant select, insert, update on %I to sourcing_rep', child);
    end loop;
end $$;

-- Notes and quotas: those of one's tree, inside as outside. Notes are written and changed by their author alone.
do $$
declare
    login text;
begin
    foreach login in array array['sourcing_internal', 'sourcing_rep'] loop
        execute format('drop policy if exists %I on sales_notes', login || '_reads');
        execute format('create policy %I on sales_notes for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]))', login || '_reads', login);
        execute format('drop policy if exists %I on sales_notes', login || '_adds');
        execute format('create policy %I on sales_notes for insert to %I with check (sales_rep_id = (select app.user_id()))', login || '_adds', login);
        execute format('drop policy if exists %I on sales_notes', login || '_changes');
        execute format('create policy %I on sales_notes for update to %I using (sales_rep_id = (select app.user_id()) or app.merging(''customer'', customer_id)) with check (sales_rep_id = (select app.user_id()) or app.merging(''customer'', customer_id))', login || '_changes', login);
        execute format('grant select, insert, update on sales_notes to %I', login);
        execute format('drop policy if exists %I on sales_quotas', login || '_reads');
        execute format('create policy %I on sales_quotas for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]))', login || '_reads', login);
        -- Nobody sets their own quota but an admin.
        execute format('drop policy if exists %I on sales_quotas', login || '_sets');
        execute format('create policy %I on sales_quotas for all to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]) and (sales_rep_id <> (select app.user_id()) or (select app.is_admin()))) with check (sales_rep_id = any ((select app.rep_ids())::uuid[]) and (sales_rep_id <> (select app.user_id()) or (select app.is_admin())))', login || '_sets', login);
        execute format('grant select, insert, update, delete on sales_quotas to %I', login);
    end loop;
end $$;

-- Periods of one representative's quotas do not overlap; the lock on the representative makes two at once come one after the other.
create or replace function app.keep_quotas_apart() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
declare
    other date;
begin
    perform pg_advisory_xact_lock(hashtextextended('sales_quotas ' || new.sales_rep_id, 0));
    select period_start into other from sales_quotas
    where sales_rep_id = new.sales_rep_id and id <> new.id and period_start < new.period_end and new.period_start < period_end limit 1;
    if found then
        raise exception 'This representative has a quota from % that overlaps. Change that one, or choose another period.', to_char(other, 'FMDD Mon YYYY') using errcode = 'P0001';
    end if;
    return new;
end $$;
alter function app.keep_quotas_apart() owner to sourcing_owner;
create or replace trigger apart before insert or update on sales_quotas for each row execute function app.keep_quotas_apart();

-- RFQs and orders of one's tree, and all of one's customers. No supplier and no supplier's price before there is an order.
drop policy if exists rep_reads on order_sales;
create policy rep_reads on order_sales for select to sourcing_rep
    using (sales_rep_id = any ((select app.rep_ids())::uuid[]) or exists (select from customers c where c.id = customer_id));
grant select on order_sales to sourcing_rep;
drop policy if exists rep_reads on orders;
create policy rep_reads on orders for select to sourcing_rep using (exists (select from order_sales s where s.id = orders.id));
grant select (id, number, external_number, source, rfq_id, status, payment_status, currency, subtotal, freight, tax_rate, tax, total, expected_date, promised_date, due_date,
    is_at_risk, received_share, ordered_at, issued_at, shipped_at, received_at, closed_at, cancel_reason, deleted_at, created_at, updated_at) on orders to sourcing_rep;
drop policy if exists rep_reads on order_lines;
create policy rep_reads on order_lines for select to sourcing_rep using (exists (select from orders o where o.id = order_id));
grant select (id, order_id, line_no, part_id, description, quantity, unit_id, unit_price, need_by, promised_date, received_quantity, rejected_quantity, created_at, updated_at) on order_lines to sourcing_rep;
drop policy if exists rep_reads on receipts;
create policy rep_reads on receipts for select to sourcing_rep using (exists (select from orders o where o.id = order_id));
grant select on receipts to sourcing_rep;
drop policy if exists rep_reads on order_payments;
create policy rep_reads on order_payments for select to sourcing_rep using (exists (select from orders o where o.id = order_id));
grant select on order_payments to sourcing_rep;

drop policy if exists rep_reads on rfqs;
create policy rep_reads on rfqs for select to sourcing_rep
    using (sales_rep_id = any ((select app.rep_ids())::uuid[]) or exists (select from customers c where c.id = customer_id));
grant select (id, number, title, description, status, deadline, deadline_time_zone, currency, sealed, round, customer_id, sales_rep_id, buyer_id, issued_at, closed_at, awarded_at,
    completed_at, cancelled_at, cancel_reason, paused_at, deleted_at, created_at, updated_at) on rfqs to sourcing_rep;
drop policy if exists rep_reads on rfq_lines;
create policy rep_reads on rfq_lines for select to sourcing_rep using (exists (select from rfqs r where r.id = rfq_id));
grant select (id, rfq_id, line_no, part_id, description, quantity, unit_id, need_by, created_at, updated_at) on rfq_lines to sourcing_rep;
drop policy if exists rep_reads on rfq_invitations;
create policy rep_reads on rfq_invitations for select to sourcing_rep using (exists (select from rfqs r where r.id = rfq_id));
grant select (id, rfq_id, round, status, invited_at, responded_at, created_at, updated_at) on rfq_invitations to sourcing_rep;

-- What a representative asks for. Once a buyer answered, it stays.
drop policy if exists rep_reads on rfq_requests;
create policy rep_reads on rfq_requests for select to sourcing_rep using (sales_rep_id = any ((select app.rep_ids())::uuid[]));
drop policy if exists rep_asks on rfq_requests;
create policy rep_asks on rfq_requests for insert to sourcing_rep with check (sales_rep_id = (select app.user_id()) and status = 'asked' and exists (select from customers c where c.id = customer_id));
drop policy if exists rep_withdraws on rfq_requests;
create policy rep_withdraws on rfq_requests for update to sourcing_rep using (sales_rep_id = (select app.user_id()) and status = 'asked') with check (status = 'withdrawn');
grant select, insert, update on rfq_requests to sourcing_rep;

-- An order that comes of an RFQ is sold to the RFQ's customer by the RFQ's representative.
create or replace function app.sell_order() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
begin
    insert into order_sales (id, customer_id, sales_rep_id)
    select new.id, r.customer_id, r.sales_rep_id from rfqs r where r.id = new.rfq_id and r.customer_id is not null
    on conflict (id) do nothing;
    return null;
end $$;
alter function app.sell_order() owner to sourcing_owner;
create or replace trigger sold after insert on orders for each row when (new.rfq_id is not null) execute function app.sell_order();

-- Tells buyers what a representative asks; whoever asks cannot read who they are.
create or replace function app.notify_buyers(line text, link text) returns void
    language sql volatile security definer set search_path = public, app, pg_temp as $$
    select app.notify(coalesce((
        select array_agg(distinct ur.user_id) from user_roles ur join roles r on r.id = ur.role_id and r.name = 'Buyer'), '{}'), line, link, 'request_quote')
$$;
alter function app.notify_buyers(text, text) owner to sourcing_owner;
revoke all on function app.notify_buyers(text, text) from public;
grant execute on function app.notify_buyers(text, text) to sourcing_internal, sourcing_rep;

-- Customers as people type them: number, name, place, what other systems call them. As invoker: a representative finds their own alone.
create or replace function app.search_customers(wanted text, most int) returns table (id uuid, rank real)
    language plpgsql stable rows 50 set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    words tsquery := app.prefix_query(wanted);
    plain text := app.plain(btrim(wanted));
begin
    if plain = '' then
        return;
    end if;
    return query
        select c.id, max(c.rank)::real from (
            (select c.id, 2 + ts_rank(c.search, words) as rank from customers c where c.search @@ words and c.deleted_at is null limit most)
            union all
            (select c.id, 1::real from customers c where c.plain_name like '%' || replace(replace(replace(plain, '\', '\\'), '%', '\%'), '_', '\_') || '%' and c.deleted_at is null limit most)
        ) c group by c.id order by 2 desc limit most;
end $$;
alter function app.search_customers(text, int) owner to sourcing_owner;
revoke all on function app.search_customers(text, int) from public;
grant execute on function app.search_customers(text, int) to sourcing_internal, sourcing_rep;
grant execute on function app.prefix_query(text), app.word_pieces(text), app.unit_factor(uuid, uuid, uuid) to sourcing_rep;

-- Whoever is made a representative or a sales manager in user administration is one here; whoever is neither any more takes no customers.
create or replace function app.keep_reps() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    person uuid := coalesce(new.user_id, old.user_id);
    sells boolean := exists (select from user_roles ur join roles r on r.id = ur.role_id and r.name in ('SalesRep', 'SalesManager') where ur.user_id = person);
begin
    if sells then
        insert into sales_reps (id, is_active) values (person, true) on conflict (id) do update set is_active = true where not sales_reps.is_active;
    else
        update sales_reps set is_active = false where id = person and is_active;
    end if;
    return null;
end $$;
alter function app.keep_reps() owner to sourcing_owner;
drop policy if exists owner_writes on sales_reps;
create policy owner_writes on sales_reps for all to sourcing_owner using (true) with check (true);
create or replace trigger reps after insert or delete on user_roles for each row execute function app.keep_reps();
insert into sales_reps (id, is_active)
    select distinct ur.user_id, true from user_roles ur join roles r on r.id = ur.role_id and r.name in ('SalesRep', 'SalesManager') on conflict (id) do nothing;

-- What was sold to whom: the customer's side of each order in its own and in the base currency, by the rate of the day on which it was placed
-- (else the first after it). Received is the share of the order that came; refunded is what was paid back. As invoker: everybody's own rows.
drop view if exists customer_sales;
create view customer_sales with (security_invoker = true) as
    select x.*, r.rate, round(x.sold / r.rate, 4) as sold_base, round(x.received / r.rate, 4) as received_base, round(x.refunded / r.rate, 4) as refunded_base
    from (
        select s.id as order_id, s.customer_id, s.sales_rep_id, o.number, o.status, o.currency, (o.ordered_at at time zone 'utc')::date as day,
            (coalesce(o.received_at, o.ordered_at) at time zone 'utc')::date as received_day,
            coalesce(s.sale_total, o.subtotal + o.freight) as sold, coalesce(s.sale_total, o.subtotal + o.freight) * o.received_share as received,
            coalesce((select sum(p.amount) from order_payments p where p.order_id = o.id and p.kind = 'refund' and p.deleted_at is null), 0) as refunded
        from order_sales s join orders o on o.id = s.id
        where o.deleted_at is null and o.issued_at is not null and o.status <> 'cancelled'
    ) x
    left join lateral (
        select 1::numeric as rate where x.currency = 'EUR'
        union all
        (select e.rate from exchange_rates e where e.currency = x.currency and e.day <= x.day order by e.day desc limit 1)
        union all
        (select e.rate from exchange_rates e where e.currency = x.currency and e.day > x.day order by e.day limit 1)
        limit 1
    ) r on true;
alter view customer_sales owner to sourcing_owner;
grant select on customer_sales to sourcing_internal, sourcing_rep;

-- Received orders less refunds, in the base currency. Dear enough that a list asks it only for the rows of its page.
create or replace function app.lifetime_value(customer uuid) returns numeric
    language sql stable cost 5000 set search_path = public, pg_temp as $$
    select coalesce(sum(received_base - refunded_base), 0) from customer_sales where customer_id = customer
$$;
-- When somebody last spoke with the customer, as far as the asker may know.
create or replace function app.last_contact(customer uuid) returns timestamptz
    language sql stable cost 1000 set search_path = public, pg_temp as $$
    select max(l.occurred_at) from last_contacts l where l.customer_id = customer
$$;
alter function app.lifetime_value(uuid) owner to sourcing_owner;
alter function app.last_contact(uuid) owner to sourcing_owner;
revoke all on function app.lifetime_value(uuid), app.last_contact(uuid) from public;
grant execute on function app.lifetime_value(uuid), app.last_contact(uuid) to sourcing_internal, sourcing_rep;

-- Customers that one being typed may be again, of those the asker sees, with the reason; each by an index or over few.
create index if not exists ix_customers_phone_digits on customers (regexp_replace(phone, '\D', '', 'g')) where phone <> '' and deleted_at is null;
create index if not exists ix_customers_email_domain on customers (lower(split_part(email, '@', 2))) where email <> '' and deleted_at is null;
create index if not exists ix_customers_tax_id on customers (app.compact(tax_id)) where tax_id <> '' and deleted_at is null;
create or replace function app.customer_duplicates(wanted_name text, wanted_phone text, wanted_tax text, wanted_domain text) returns table (id uuid, why text)
    language plpgsql stable rows 10 set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.55 as $$
#variable_conflict use_column
begin
    if app.compact(wanted_tax) <> '' then
        return query select c.id, 'The tax number is the same.' from customers c where c.tax_id <> '' and app.compact(c.tax_id) = app.compact(wanted_tax) and c.deleted_at is null limit 10;
    end if;
    if length(wanted_phone) >= 6 then
        return query select c.id, 'The telephone number is the same.' from customers c where c.phone <> '' and regexp_replace(c.phone, '\D', '', 'g') = wanted_phone and c.deleted_at is null limit 10;
    end if;
    if wanted_domain <> '' then
        return query select c.id, 'The e-mail domain is the same.' from customers c where c.email <> '' and lower(split_part(c.email, '@', 2)) = lower(wanted_domain) and c.deleted_at is null limit 10;
    end if;
    if length(app.plain(wanted_name)) >= 4 then
        return query select c.id, 'The name is much alike.' from customers c where c.plain_name % app.plain(wanted_name) and c.deleted_at is null
            order by similarity(c.plain_name, app.plain(wanted_name)) desc limit 10;
    end if;
end $$;
alter function app.customer_duplicates(text, text, text, text) owner to sourcing_owner;
revoke all on function app.customer_duplicates(text, text, text, text) from public;
grant execute on function app.customer_duplicates(text, text, text, text) to sourcing_internal, sourcing_rep;
