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

-- What these two reckoned is a KPI now: see 127.scorecards.sql.
drop function if exists app.answer_rate(uuid);
drop function if exists app.win_rate(uuid);
