-- Rights and policies of suppliers.

insert into app.audit_parents (table_name, column_name) values
    ('supplier_contacts', 'supplier_id'), ('supplier_users', 'supplier_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- A supplier sees itself, without what we think of it.
drop policy if exists supplier_own on suppliers;
create policy supplier_own on suppliers for select to sourcing_supplier using (id = (select app.supplier_id()));
grant select (id, code, name, category, region, country, contact_name, email, phone, website, address, default_lead_time_days, is_active,
    capabilities, materials, processes, payment_terms, currency, incoterm, tax_id, deleted_at) on suppliers to sourcing_supplier;

drop policy if exists supplier_own on supplier_contacts;
create policy supplier_own on supplier_contacts for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null);
grant select on supplier_contacts to sourcing_supplier;

drop policy if exists supplier_own on supplier_users;
create policy supplier_own on supplier_users for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null);
grant select on supplier_users to sourcing_supplier;

-- Signing in asks for whom an account acts.
drop policy if exists auth_reads on supplier_users;
create policy auth_reads on supplier_users for select to sourcing_auth using (true);
grant select on supplier_users to sourcing_auth;
drop policy if exists auth_reads on suppliers;
create policy auth_reads on suppliers for select to sourcing_auth using (true);
grant select (id, name, is_active, deleted_at) on suppliers to sourcing_auth;

-- The share of a supplier's invitations of the last twelve months that it answered, by a quote or by declining. What can still be answered does not count.
create or replace function app.answer_rate(supplier uuid) returns numeric
    language sql stable cost 1000 set search_path = public, pg_temp as $$
    select round(count(*) filter (where i.status in ('quoted', 'declined'))::numeric / nullif(count(*), 0), 4)
    from rfq_invitations i join rfqs r on r.id = i.rfq_id
    where i.supplier_id = supplier and i.invited_at >= now() - interval '12 months'
        and (i.status in ('quoted', 'declined') or r.status not in ('draft', 'approval', 'open', 'paused', 'cancelled'))
$$;

-- The share of its quotes of the last twelve months that won at least a line. A quote that is not decided yet does not count.
create or replace function app.win_rate(supplier uuid) returns numeric
    language sql stable cost 1000 set search_path = public, pg_temp as $$
    select round(count(*) filter (where q.status in ('awarded', 'partially_awarded'))::numeric / nullif(count(*), 0), 4)
    from quotes q join rfqs r on r.id = q.rfq_id and r.round = q.round
    where q.supplier_id = supplier and q.submitted_at >= now() - interval '12 months' and q.status in ('awarded', 'partially_awarded', 'rejected', 'expired')
$$;
alter function app.answer_rate(uuid) owner to sourcing_owner;
alter function app.win_rate(uuid) owner to sourcing_owner;
revoke all on function app.answer_rate(uuid), app.win_rate(uuid) from public;
grant execute on function app.answer_rate(uuid), app.win_rate(uuid) to sourcing_internal, sourcing_reporting;
