-- What surrounds an order: change orders, invoices, blanket agreements. Whose history, who removes what, what a supplier's login sees and does.
insert into app.audit_parents (table_name, column_name) values
    ('order_changes', 'order_id'), ('order_change_lines', 'change_id'), ('invoices', 'order_id'), ('invoice_lines', 'invoice_id'),
    ('agreement_lines', 'agreement_id'), ('agreement_breaks', 'agreement_line_id')
on conflict (table_name) do update set column_name = excluded.column_name;

-- When orders are late and what invoices may differ by: one row. Prices up to 2 % and 50.00 a line above the order, quantities up to 1 %.
insert into order_settings (id, acknowledge_within_days, warn_days, price_tolerance_percent, price_tolerance_amount, quantity_tolerance_percent, quantity_tolerance)
values ('00000000-0000-7000-8000-000000000003', 3, 7, 2, 50, 1, null)
on conflict (id) do nothing;
alter table order_settings drop constraint if exists ck_order_settings_one;
alter table order_settings add constraint ck_order_settings_one check (id = '00000000-0000-7000-8000-000000000003');

-- Lines and breaks of an agreement of which nothing was ever called off go for good: the foreign key of order lines holds the others.
grant delete on agreement_lines, agreement_breaks to sourcing_internal;

-- What is called off. Orders that are cancelled or deleted count nothing, of one closed short what came, a change under way its higher figure.
drop view if exists agreement_use;
create view agreement_use with (security_invoker = true) as
    select a.agreement_id, a.id as agreement_line_id, sum(x.quantity) as quantity, sum(round(x.quantity * x.price, 2)) as value
    from agreement_lines a
    join order_lines l on l.agreement_line_id = a.id
    join orders o on o.id = l.order_id
    left join lateral (
        select n.new_quantity, n.new_unit_price from order_change_lines n join order_changes c on c.id = n.change_id
        where n.order_line_id = l.id and c.status in ('waits_for_approval', 'sent') limit 1) n on true
    cross join lateral (
        select case when o.status = 'closed' and o.close_reason <> '' then least(l.received_quantity, l.quantity) else greatest(l.quantity, n.new_quantity) end as quantity,
            greatest(l.unit_price, n.new_unit_price) as price) x
    where o.deleted_at is null and o.status <> 'cancelled'
    group by a.agreement_id, a.id;
alter view agreement_use owner to sourcing_owner;
grant select on agreement_use to sourcing_internal, sourcing_reporting, sourcing_supplier;

-- A supplier sees a change from the moment it is sent to them, and never who approved or declined it inside.
grant select (id, order_id, number, status, reason, old_total, new_total, sent_at, decided_at, decision_note, created_at, updated_at) on order_changes to sourcing_supplier;
grant select on order_change_lines to sourcing_supplier;
drop policy if exists supplier_reads on order_changes;
create policy supplier_reads on order_changes for select to sourcing_supplier using (sent_at is not null and exists (select from orders o where o.id = order_id));
drop policy if exists supplier_reads on order_change_lines;
create policy supplier_reads on order_change_lines for select to sourcing_supplier using (exists (select from order_changes c where c.id = change_id));

-- Their invoices as far as they matter to them: not what we found, nor who decided why it may be paid.
grant select (id, order_id, supplier_id, number, currency, invoice_date, due_on, subtotal, freight, tax, total, paid, status, refuse_reason, entered_at, deleted_at, created_at, updated_at)
    on invoices to sourcing_supplier;
drop policy if exists supplier_reads on invoices;
create policy supplier_reads on invoices for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null and deleted_at is null);

grant select on agreements, agreement_lines, agreement_breaks to sourcing_supplier;
drop policy if exists supplier_reads on agreements;
create policy supplier_reads on agreements for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and (select app.link_rfq_id()) is null and deleted_at is null);
drop policy if exists supplier_reads on agreement_lines;
create policy supplier_reads on agreement_lines for select to sourcing_supplier using (exists (select from agreements a where a.id = agreement_id));
drop policy if exists supplier_reads on agreement_breaks;
create policy supplier_reads on agreement_breaks for select to sourcing_supplier using (exists (select from agreement_lines l where l.id = agreement_line_id));

-- A supplier corrects what it said of a shipment that is under way.
grant update (carrier, tracking_number, mode, eta) on shipments to sourcing_supplier;
drop policy if exists supplier_corrects on shipments;
create policy supplier_corrects on shipments for update to sourcing_supplier
    using (delivered_at is null and exists (select from orders o where o.id = order_id and o.status in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received')))
    with check (exists (select from orders o where o.id = order_id));

-- The functions below write as the owner, for nobody else can be the owner.
drop policy if exists owner_changes on orders;
create policy owner_changes on orders for update to sourcing_owner using (true) with check (true);
drop policy if exists owner_changes on order_lines;
create policy owner_changes on order_lines for update to sourcing_owner using (true) with check (true);
drop policy if exists owner_adds on order_lines;
create policy owner_adds on order_lines for insert to sourcing_owner with check (true);
drop policy if exists owner_changes on order_changes;
create policy owner_changes on order_changes for update to sourcing_owner using (true) with check (true);
drop policy if exists owner_changes on order_change_lines;
create policy owner_changes on order_change_lines for update to sourcing_owner using (true) with check (true);
drop policy if exists owner_changes on order_date_changes;
create policy owner_changes on order_date_changes for update to sourcing_owner using (true) with check (true);

-- Writes a sent change into its order: lines first, then what follows from them, as Order.Derive does. The one place where an issued order's
-- lines change, for a buyer and for a supplier alike. Held by the order's row, so that no receipt comes between.
create or replace function app.apply_order_change(wanted uuid) returns void
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    change order_changes;
    held orders;
    early record;
begin
    select o.* into held from order_changes c join orders o on o.id = c.order_id where c.id = wanted for update of o;
    select * into change from order_changes where id = wanted for update;
    if change.id is null or change.status <> 'sent' then
        raise exception 'This change was decided already. Reload the page to see it.';
    end if;
    if held.status not in ('issued', 'acknowledged', 'in_production', 'shipped', 'partially_received') or held.deleted_at is not null then
        raise exception 'The order is %: it cannot be changed any more.', replace(held.status, '_', ' ');
    end if;
    select l.line_no, l.unit, trim_scale(greatest(l.received_quantity, l.invoiced_quantity)) as came, trim_scale(n.new_quantity) as asked,
            l.received_quantity >= l.invoiced_quantity as goods into early
        from order_change_lines n join order_lines l on l.id = n.order_line_id
        where n.change_id = wanted and n.new_quantity < greatest(l.received_quantity, l.invoiced_quantity) order by l.line_no limit 1;
    if found then
        raise exception 'Line %: % % were % meanwhile, and change % asks for %. The buyer has to withdraw it and write another.',
            early.line_no, early.came, early.unit, case when early.goods then 'received' else 'invoiced' end, change.number, early.asked;
    end if;

    update order_lines l set
        quantity = n.new_quantity, unit_price = n.new_unit_price, amount = round(n.new_quantity * n.new_unit_price, 2),
        need_by = case when n.new_date is distinct from n.old_date then n.new_date else l.need_by end,
        promised_date = case when n.new_date is distinct from n.old_date then n.new_date else l.promised_date end
        from order_change_lines n where n.change_id = wanted and n.order_line_id = l.id;
    -- A date that the supplier proposed for a line that is cancelled or got another date says nothing any more.
    update order_date_changes d set status = 'superseded' from order_change_lines n
        where n.change_id = wanted and n.order_line_id = d.order_line_id and d.status = 'proposed' and (n.kind = 'cancelled' or n.new_date is distinct from n.old_date);
    insert into order_lines (id, order_id, line_no, part_id, part_number, supplier_part_number, description, quantity, unit_id, unit, unit_price, amount, need_by, promised_date,
            received_quantity, rejected_quantity, invoiced_quantity)
        select n.id, held.id, n.line_no, n.part_id, n.part_number, n.supplier_part_number, n.description, n.new_quantity, n.unit_id, n.unit, n.new_unit_price,
            round(n.new_quantity * n.new_unit_price, 2), n.new_date, n.new_date, 0, 0, 0
        from order_change_lines n where n.change_id = wanted and n.kind = 'added';
    update order_change_lines set order_line_id = id where change_id = wanted and kind = 'added';

    update orders o set
        revision = change.number, acknowledged_at = coalesce(o.acknowledged_at, now()),
        subtotal = d.subtotal, tax = t.tax, total = d.subtotal + o.freight + t.tax,
        expected_date = d.expected, promised_date = d.promised, due_date = d.due, is_at_risk = d.risk, received_share = d.share,
        received_at = case when d.done then (select max(r.received_at) from receipts r where r.order_id = o.id and r.deleted_at is null) end,
        status = case when d.done then 'received' when d.some then 'partially_received' when o.shipped_at is not null then 'shipped'
            when o.production_at is not null then 'in_production' else 'acknowledged' end,
        payment_status = case when p.paid = 0 then o.payment_status when p.paid < greatest(o.approved_total, d.subtotal + o.freight + t.tax) then 'partially_paid' else 'paid' end
        from (
            select sum(l.amount) as subtotal, bool_and(l.received_quantity >= l.quantity) as done, bool_or(l.received_quantity > 0) as some,
                coalesce(min(l.need_by) filter (where l.quantity > l.received_quantity), case when bool_and(l.received_quantity >= l.quantity) then min(l.need_by) end) as expected,
                coalesce(max(l.promised_date) filter (where l.quantity > l.received_quantity), case when bool_and(l.received_quantity >= l.quantity) then max(l.promised_date) end) as promised,
                min(coalesce(l.promised_date, l.need_by)) filter (where l.quantity > l.received_quantity) as due,
                coalesce(bool_or(l.quantity > l.received_quantity and l.promised_date > l.need_by), false) as risk,
                case when sum(l.amount) > 0 then trunc(sum(least(l.received_quantity, l.quantity) * l.unit_price) / nullif(sum(l.quantity * l.unit_price), 0), 4)
                    else trunc(count(*) filter (where l.received_quantity >= l.quantity)::numeric / count(*), 4) end as share
            from order_lines l where l.order_id = held.id) d
        cross join lateral (select round((d.subtotal + held.freight) * held.tax_rate / 100, 2) as tax) t
        cross join lateral (
            select coalesce(sum(case when y.kind = 'refund' then -y.amount else y.amount end), 0) as paid from order_payments y where y.order_id = held.id and y.deleted_at is null) p
        where o.id = held.id;
end $$;

-- The supplier's answer to a change that was sent to them, in the portal.
create or replace function app.answer_order_change(wanted uuid, accepts boolean, said text) returns void
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
begin
    if app.link_rfq_id() is not null or not exists (
        select from order_changes c join orders o on o.id = c.order_id
        where c.id = wanted and c.sent_at is not null and o.supplier_id = app.supplier_id() and o.deleted_at is null) then
        raise exception 'There is no such change.';
    end if;
    if not accepts and btrim(said) = '' then
        raise exception 'Say why the change is refused: the buyer reads it.';
    end if;
    if accepts then
        perform app.apply_order_change(wanted);
    else
        -- The order's row first, as everywhere.
        perform from orders o join order_changes c on c.order_id = o.id where c.id = wanted for update of o;
    end if;
    update order_changes set status = case when accepts then 'acknowledged' else 'refused' end, decided_at = now(), decided_by = app.user_id(), decision_note = left(btrim(said), 500)
        where id = wanted and status = 'sent';
    if not found then
        raise exception 'This change was decided already. Reload the page to see it.';
    end if;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['app.apply_order_change(uuid)', 'app.answer_order_change(uuid, boolean, text)'] loop
        execute format('alter function %s owner to sourcing_owner', name);
        -- Named one by one: the ground's script grants every function to every login.
        execute format('revoke all on function %s from public, sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting', name);
    end loop;
end $$;
grant execute on function app.apply_order_change(uuid) to sourcing_internal;
grant execute on function app.answer_order_change(uuid, boolean, text) to sourcing_supplier;
