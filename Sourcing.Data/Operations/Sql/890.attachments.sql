-- After every room's own rights (the RFQs' script says the same of RFQs and their lines): a supplier sees a file when its record is
-- visible to them and the file is marked for suppliers or their own; adds and removes their own on a quote until the deadline, on an order and
-- its shipments until the order is closed.
drop policy if exists supplier_sees on attachments;
create policy supplier_sees on attachments for select to sourcing_supplier using (
    (supplier_id = (select app.supplier_id()) or (visible_to_supplier and supplier_id is null))
    and case owner_type
        when 'quotes' then exists (select from quotes q where q.id = attachments.owner_id)
        when 'orders' then exists (select from orders o where o.id = attachments.owner_id)
        when 'shipments' then exists (select from shipments s where s.id = attachments.owner_id)
        else false
    end);
drop policy if exists supplier_adds on attachments;
create policy supplier_adds on attachments for insert to sourcing_supplier with check (
    supplier_id = (select app.supplier_id()) and case owner_type
        when 'quotes' then exists (select from quotes q join rfqs r on r.id = q.rfq_id where q.id = attachments.owner_id and r.status = 'open' and r.deadline > now())
        when 'orders' then exists (select from orders o where o.id = attachments.owner_id and o.status not in ('closed', 'cancelled'))
        when 'shipments' then exists (select from shipments s join orders o on o.id = s.order_id where s.id = attachments.owner_id and o.status not in ('closed', 'cancelled'))
        else false
    end);
drop policy if exists supplier_removes on attachments;
create policy supplier_removes on attachments for update to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and case owner_type
        when 'quotes' then exists (select from quotes q join rfqs r on r.id = q.rfq_id where q.id = attachments.owner_id and r.status = 'open' and r.deadline > now())
        when 'orders' then exists (select from orders o where o.id = attachments.owner_id and o.status not in ('closed', 'cancelled'))
        when 'shipments' then exists (select from shipments s join orders o on o.id = s.order_id where s.id = attachments.owner_id and o.status not in ('closed', 'cancelled'))
        else false
    end)
    with check (supplier_id = (select app.supplier_id()));
grant select, insert, update (content, deleted_at, deleted_by) on attachments to sourcing_supplier;

-- Whoever sells sees, adds and removes the files of the customers whom they see, and no others.
drop policy if exists rep_sees on attachments;
create policy rep_sees on attachments for select to sourcing_rep
    using (owner_type = 'customers' and exists (select from customers c where c.id = attachments.owner_id));
drop policy if exists rep_adds on attachments;
create policy rep_adds on attachments for insert to sourcing_rep
    with check (owner_type = 'customers' and supplier_id is null and not visible_to_supplier and exists (select from customers c where c.id = attachments.owner_id));
drop policy if exists rep_removes on attachments;
create policy rep_removes on attachments for update to sourcing_rep
    using (owner_type = 'customers' and exists (select from customers c where c.id = attachments.owner_id))
    with check (owner_type = 'customers' and supplier_id is null and not visible_to_supplier and exists (select from customers c where c.id = attachments.owner_id));
grant select, insert, update (content, deleted_at, deleted_by) on attachments to sourcing_rep;
