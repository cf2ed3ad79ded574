-- Quotes and awards: what a supplier may see and write, and until when.
insert into app.audit_parents (table_name, column_name) values
    ('quotes', 'rfq_id'), ('quote_lines', 'quote_id'), ('quote_price_breaks', 'quote_line_id'), ('quote_revisions', 'quote_id'),
    ('quote_drafts', 'quote_id'), ('award_decisions', 'rfq_id'), ('awards', 'decision_id')
on conflict (table_name) do update set column_name = excluded.column_name;

-- Own quotes of RFQs that the supplier may see; through a personal link only those of its RFQ.
drop policy if exists own_quotes on quotes;
create policy own_quotes on quotes for all to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]))
    with check (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]) and status in ('draft', 'sealed', 'submitted', 'withdrawn'));
grant select, insert on quotes to sourcing_supplier;
grant update (status, revision, currency, valid_until, lead_time_days, payment_terms, incoterm, freight_cost, other_cost, notes, total,
    submitted_at, submitted_by, submitted_by_name, channel, after_deadline, withdrawn_at, withdraw_reason, draft_saved_at, updated_at) on quotes to sourcing_supplier;

-- What belongs to a quote is as visible as the quote: the inner query runs under the policy above.
drop policy if exists own_quotes on quote_lines;
create policy own_quotes on quote_lines for all to sourcing_supplier
    using (exists (select from quotes q where q.id = quote_id)) with check (exists (select from quotes q where q.id = quote_id));
grant select, insert, update, delete on quote_lines to sourcing_supplier;
drop policy if exists own_quotes on quote_price_breaks;
create policy own_quotes on quote_price_breaks for all to sourcing_supplier
    using (exists (select from quote_lines l where l.id = quote_line_id)) with check (exists (select from quote_lines l where l.id = quote_line_id));
grant select, insert, update, delete on quote_price_breaks to sourcing_supplier;
drop policy if exists own_quotes on quote_revisions;
create policy own_quotes on quote_revisions for all to sourcing_supplier
    using (exists (select from quotes q where q.id = quote_id)) with check (exists (select from quotes q where q.id = quote_id));
grant select, insert on quote_revisions to sourcing_supplier;
drop policy if exists own_quotes on quote_drafts;
create policy own_quotes on quote_drafts for all to sourcing_supplier
    using (not by_buyer and exists (select from quotes q where q.id = quote_id)) with check (not by_buyer and exists (select from quotes q where q.id = quote_id));
grant select, insert, update, delete on quote_drafts to sourcing_supplier;
grant delete on quote_lines, quote_price_breaks, quote_drafts to sourcing_internal;

-- A supplier's unfinished prices are nobody's business inside, not even by hand-written SQL.
drop policy if exists buyers_own on quote_drafts;
create policy buyers_own on quote_drafts as restrictive for all to sourcing_internal, sourcing_reporting using (by_buyer) with check (by_buyer);

-- Of an award a supplier learns its own outcome, once it stands.
drop policy if exists own_outcome on awards;
create policy own_outcome on awards for select to sourcing_supplier
    using (exists (select from quote_lines l join quotes q on q.id = l.quote_id where l.id = quote_line_id and q.status in ('awarded', 'partially_awarded')));
grant select (id, rfq_line_id, quote_line_id, quantity, unit_price) on awards to sourcing_supplier;

-- The deadline, whatever a page, a service or a statement says. Buyers enter late quotes on a supplier's behalf; the service marks them.
create or replace function app.guard_quote_of(rfq uuid, supplier uuid, quoted_round int) returns void
    language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    asked record;
    invited int;
begin
    select i.round into invited from rfq_invitations i where i.rfq_id = rfq and i.supplier_id = supplier and i.invited_at is not null;
    select r.number, r.status, r.deadline, r.round into asked from rfqs r where r.id = rfq and r.deleted_at is null;
    if not found or invited is null then
        raise exception 'There is no such RFQ, or it is not yours to see.';
    elsif asked.status <> 'open' then
        raise exception '% is no longer open for quotes. Ask the buyer if you still want to change yours.', asked.number;
    elsif asked.deadline <= now() then
        raise exception 'The deadline of % has passed. Ask the buyer to extend it.', asked.number;
    elsif invited < asked.round then
        raise exception '% went on with other suppliers after round %. Nothing more is needed from you.', asked.number, invited;
    elsif asked.round <> quoted_round then
        raise exception '% is in round % now. Reload the page to quote for it.', asked.number, asked.round;
    end if;
end $$;

create or replace function app.guard_quote() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    touched jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end) - 'content';
    guarded quotes;
begin
    if session_user in ('sourcing_supplier', 'sourcing_internal') then
        if tg_table_name = 'attachments' then
            if touched ->> 'owner_type' <> 'quotes' then
                return new;
            end if;
            select q.* into guarded from quotes q where q.id = (touched ->> 'owner_id')::uuid;
        elsif tg_table_name = 'quotes' then
            guarded := jsonb_populate_record(null::quotes, touched);
        elsif tg_table_name = 'quote_price_breaks' then
            select q.* into guarded from quote_lines l join quotes q on q.id = l.quote_id where l.id = (touched ->> 'quote_line_id')::uuid;
        else
            select q.* into guarded from quotes q where q.id = (touched ->> 'quote_id')::uuid;
        end if;
    end if;
    -- What was quoted in a round that is over is frozen, whoever writes.
    if session_user = 'sourcing_internal' and exists (select from rfqs r where r.id = guarded.rfq_id and r.round > guarded.round) then
        raise exception 'Quote % belongs to round %, which is over: it stays as it was. Reload the page.', guarded.number, guarded.round;
    elsif session_user = 'sourcing_supplier' then
        perform app.guard_quote_of(guarded.rfq_id, guarded.supplier_id, guarded.round);
        -- Only a buyer's own submission may say that it came by e-mail, by telephone or late, or fix a rate.
        if tg_table_name = 'quotes' and tg_op <> 'DELETE' and (tg_op = 'INSERT' or (touched ->> 'revision') <> (to_jsonb(old) ->> 'revision'))
            and (guarded.channel not in ('portal', 'link') or guarded.after_deadline or guarded.exchange_rate is not null) then
            raise exception 'A supplier submits through the portal or a personal link, and in time.';
        end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['quotes', 'quote_lines', 'quote_price_breaks', 'quote_revisions', 'quote_drafts'] loop
        execute format('create or replace trigger deadline before insert or update or delete on public.%I for each row execute function app.guard_quote()', name);
    end loop;
end $$;

-- Whom a supplier's answer concerns: a key alone, and only of RFQs that it may see.
create or replace function app.buyer_of(rfq uuid) returns uuid
    language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if session_user = 'sourcing_supplier' and not rfq = any (app.supplier_rfq_ids()) then
        return null;
    end if;
    return (select r.buyer_id from rfqs r where r.id = rfq);
end $$;

-- The number of a part that is asked for.
drop policy if exists supplier_asked on parts;
create policy supplier_asked on parts for select to sourcing_supplier using (exists (select from rfq_lines l where l.part_id = parts.id));

-- Files of a quote come and go with it.
create or replace trigger deadline before insert or update on attachments for each row execute function app.guard_quote();

-- What was submitted stays as it was submitted.
create or replace function app.guard_revision() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    raise exception 'A submitted revision is kept as it was. Submit a new one.';
end $$;
create or replace trigger kept before update or delete on quote_revisions for each row execute function app.guard_revision();

revoke all on function app.guard_quote_of(uuid, uuid, int), app.guard_quote(), app.guard_revision(), app.buyer_of(uuid) from public;
grant execute on function app.buyer_of(uuid) to sourcing_internal, sourcing_supplier;
alter function app.buyer_of(uuid) owner to sourcing_owner;
alter function app.guard_quote_of(uuid, uuid, int) owner to sourcing_owner;
alter function app.guard_quote() owner to sourcing_owner;
alter function app.guard_revision() owner to sourcing_owner;
