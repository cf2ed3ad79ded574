-- To whose history lines and invitations belong.
insert into app.audit_parents (table_name, column_name) values ('rfq_lines', 'rfq_id'), ('rfq_invitations', 'rfq_id'), ('rfq_addenda', 'rfq_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Deferred, because renumbering swaps numbers within one act.
do $$
begin
    if not exists (select from pg_constraint where conname = 'uq_rfq_lines_line_no') then
        alter table rfq_lines add constraint uq_rfq_lines_line_no unique (rfq_id, line_no) deferrable initially deferred;
    end if;
end $$;

-- The list sorted by deadline: without one first, as the list's own order has it.
create index if not exists ix_rfqs_deadline_or_none on rfqs (coalesce(deadline, timestamptz '0001-01-02T00:00:00Z'), id) where deleted_at is null;
create index if not exists ix_rfqs_number_order on rfqs (number, id) where deleted_at is null;

-- RFQs by what people remember of them: number, title, words of the description, a part's number or name, an invited supplier; a
-- bounded number of the newest of each. Rare words are read from their index, common ones from the newest RFQ back: which of the two a
-- word is, a look at its first thousands says, since the planner takes every beginning of a word for a common one.
create or replace function app.search_rfqs(wanted text, most int) returns table (id uuid)
    language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_indexscan = off as $$
#variable_conflict use_column
declare
    rare constant int := 5000;
    pattern text := '%' || replace(replace(replace(wanted, '\', '\\'), '%', '\%'), '_', '\_') || '%';
    words tsquery := app.prefix_query(wanted);
    number_part text := '%' || app.compact(wanted) || '%';
    name_part text := '%' || app.plain(wanted) || '%';
    parts uuid[];
    suppliers uuid[];
    found uuid[];
begin
    if app.compact(wanted) = '' then
        return;
    end if;
    found := array(select r.id from rfqs r where r.search @@ words and r.deleted_at is null limit rare);
    found := found || array(select r.id from rfqs r where (r.number ilike pattern or r.title ilike pattern) and r.deleted_at is null limit rare);
    parts := array((select p.id from parts p where app.compact(p.number) collate "C" like number_part limit 100) union (select p.id from parts p where app.plain(p.name) collate "C" like name_part limit 100));
    suppliers := array(select s.id from suppliers s where s.plain_name like name_part limit 100);
    perform set_config('enable_indexscan', 'on', true);
    if cardinality(found) >= rare then
        found := array(select r.id from rfqs r where (r.search @@ words or r.number ilike pattern or r.title ilike pattern) and r.deleted_at is null order by r.id desc limit most);
    end if;
    return query
        (select f.id from unnest(found) f (id) order by f.id desc limit most)
        union
        (select l.rfq_id from rfq_lines l where l.part_id = any (parts) order by l.id desc limit most)
        union
        (select i.rfq_id from rfq_invitations i where i.supplier_id = any (suppliers) order by i.id desc limit most);
end $$;
alter function app.search_rfqs(text, int) owner to sourcing_owner;
revoke all on function app.search_rfqs(text, int) from public;
grant execute on function app.search_rfqs(text, int) to sourcing_internal;

-- What has gone out to suppliers is never deleted: lines of drafts and invitations not yet sent alone.
grant delete on rfq_lines, rfq_invitations to sourcing_internal;
drop policy if exists drafts_only on rfq_lines;
create policy drafts_only on rfq_lines as restrictive for delete to sourcing_internal
    using (exists (select from rfqs r where r.id = rfq_id and r.status in ('draft', 'approval')));
drop policy if exists unsent_only on rfq_invitations;
create policy unsent_only on rfq_invitations as restrictive for delete to sourcing_internal
    -- Or one of two of suppliers that became one: see 117.merges.sql.
    using (invited_at is null or (select app.merging('supplier', supplier_id)));

-- The RFQs of the supplier of this session: invited, gone out, not deleted. A personal link opens its one RFQ alone, until
-- 30 days after the deadline, unless it was revoked. As definer, so that the policies below do not ask each other in a circle.
create or replace function app.supplier_rfq_ids() returns uuid[]
    language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(r.id), '{}')
    from (select supplier_id, rfq_id from app.session()) s
    join rfq_invitations i on i.supplier_id = s.supplier_id
    join rfqs r on r.id = i.rfq_id
    where i.invited_at is not null and r.status not in ('draft', 'approval') and r.deleted_at is null
        and (s.rfq_id is null or (r.id = s.rfq_id and i.link_revoked_at is null and r.deadline + interval '30 days' > now()))
$$;
alter function app.supplier_rfq_ids() owner to sourcing_owner;
revoke all on function app.supplier_rfq_ids() from public;
grant execute on function app.supplier_rfq_ids() to sourcing_supplier;

drop policy if exists invited on rfqs;
create policy invited on rfqs for select to sourcing_supplier using (id = any ((select app.supplier_rfq_ids())::uuid[]));
grant select (id, number, title, description, category_id, status, deadline, deadline_time_zone, currency, sealed, round, incoterm,
    delivery_place, payment_terms, issued_at, closed_at, awarded_at, cancelled_at, cancel_reason, paused_at, pause_reason, deadline_reason, created_at, updated_at, deleted_at)
    on rfqs to sourcing_supplier;

drop policy if exists invited on rfq_lines;
create policy invited on rfq_lines for select to sourcing_supplier using (rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
grant select (id, rfq_id, line_no, part_id, description, quantity, unit_id, need_by, specifications, note, created_at, updated_at)
    on rfq_lines to sourcing_supplier;

drop policy if exists own on rfq_invitations;
create policy own on rfq_invitations for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
drop policy if exists answer on rfq_invitations;
create policy answer on rfq_invitations for update to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
grant select (id, rfq_id, supplier_id, round, status, contact_name, email, invited_at, viewed_at, responded_at, decline_reason, decline_note, created_at, updated_at)
    on rfq_invitations to sourcing_supplier;
grant update (status, viewed_at, responded_at, decline_reason, decline_note) on rfq_invitations to sourcing_supplier;

-- What was sent to all suppliers stays as it was sent, and those who are invited to its round or a later one read it.
drop policy if exists invited on rfq_addenda;
create policy invited on rfq_addenda for select to sourcing_supplier
    using (rfq_id = any ((select app.supplier_rfq_ids())::uuid[])
        and exists (select from rfq_invitations i where i.rfq_id = rfq_addenda.rfq_id and i.supplier_id = (select app.supplier_id()) and i.round >= rfq_addenda.round));
grant select on rfq_addenda to sourcing_supplier;
create or replace function app.guard_addendum() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    raise exception 'An addendum stays as it was sent. Send another one.';
end $$;
create or replace trigger kept before update or delete on rfq_addenda for each row execute function app.guard_addendum();
revoke all on function app.guard_addendum() from public;
alter function app.guard_addendum() owner to sourcing_owner;

-- Of the catalog, the parts that they are asked for: which columns, the catalog's script says.
drop policy if exists supplier_asked on parts;
create policy supplier_asked on parts for select to sourcing_supplier using (exists (select from rfq_lines l where l.part_id = parts.id));

-- Files of the RFQ and its lines that are meant for suppliers.
drop policy if exists of_invited_rfqs on attachments;
create policy of_invited_rfqs on attachments for select to sourcing_supplier
    using (visible_to_supplier and supplier_id is null and deleted_at is null and (
        (owner_type = 'rfqs' and owner_id = any ((select app.supplier_rfq_ids())::uuid[]))
        or (owner_type = 'rfq_lines' and exists (select from rfq_lines l where l.id = attachments.owner_id))));
grant select on attachments to sourcing_supplier;

-- The buyer's name and address, for the suppliers of that RFQ alone.
create or replace view rfq_contacts as
    select r.id as rfq_id, u.full_name, coalesce(u.email, '') as email
    from rfqs r join users u on u.id = r.buyer_id
    where r.id = any ((select app.supplier_rfq_ids())::uuid[]);
alter view rfq_contacts owner to sourcing_owner;
grant select on rfq_contacts to sourcing_supplier;
