-- Sealed RFQs: who may write what of them, the log that nobody can rewrite, and the key that only two people get.
insert into app.audit_parents (table_name, column_name) values ('rfq_seals', 'rfq_id'), ('sealed_bids', 'rfq_id'), ('sealed_copies', 'quote_id'), ('opened_bids', 'rfq_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- The private keys, wrapped under a key that lies outside the database. No login reads them: app.open_seal gives one out.
create table if not exists app.seal_keys (
    seal_id uuid primary key,
    wrapped bytea not null,
    created_at timestamptz not null default now()
);
alter table app.seal_keys owner to sourcing_owner;

-- The functions below write as the owner.
do $$
declare
    name text;
begin
    foreach name in array array['rfq_seals', 'opened_bids', 'seal_events'] loop
        execute format('drop policy if exists written_by_functions on public.%I', name);
        execute format('create policy written_by_functions on public.%I for insert to sourcing_owner with check (true)', name);
    end loop;
end $$;
drop policy if exists locked_by_functions on rfq_seals;
create policy locked_by_functions on rfq_seals for update to sourcing_owner using (true) with check (true);

-- One more entry of an RFQ's log. Its lock is the RFQ's seals: entries follow each other, whoever writes at once.
create or replace function app.add_seal_event(rfq uuid, in_round int, what text, supplier uuid, words text, out entry_sequence int, out entry_hash text)
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    actor app.sessions;
    moment timestamptz;
    before text;
    said text := left(translate(words, E'\n\r', '  '), 1000);
    who text;
begin
    perform from rfq_seals s where s.rfq_id = rfq order by s.round for update;
    moment := clock_timestamp();
    if coalesce(current_setting('app.token', true), '') <> '' then
        actor := app.session();
    end if;
    who := left(translate(coalesce(actor.user_name, session_user::text), E'\n\r', '  '), 200);
    select e.sequence, e.hash into entry_sequence, before from seal_events e where e.rfq_id = rfq order by e.sequence desc limit 1;
    entry_sequence := coalesce(entry_sequence, 0) + 1;
    before := coalesce(before, '');
    entry_hash := encode(sha256(convert_to(concat_ws(E'\n', before, rfq, in_round, entry_sequence, what,
        to_char(moment at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), coalesce(actor.user_id::text, ''), who, coalesce(supplier::text, ''), said), 'UTF8')), 'hex');
    insert into seal_events (id, rfq_id, round, sequence, kind, at, actor_id, actor_name, supplier_id, detail, previous_hash, hash)
    values (gen_random_uuid(), rfq, in_round, entry_sequence, what, moment, actor.user_id, who, supplier, said, before, entry_hash);
end $$;

-- A round goes out: its public key for suppliers, its private one wrapped.
create or replace function app.seal_round(seal uuid, rfq uuid, in_round int, public_key bytea, fingerprint text, wrapped bytea) returns void
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if (app.session()).access <> 'internal'
        or not exists (select from rfqs r where r.id = rfq and r.sealed and r.status = 'open' and r.round = in_round and r.deleted_at is null) then
        raise exception 'Only a sealed RFQ that has just gone out is locked.';
    end if;
    insert into rfq_seals (id, rfq_id, round, public_key, key_fingerprint, sealed_at, opened_by_names) values (seal, rfq, in_round, public_key, fingerprint, now(), '');
    insert into app.seal_keys (seal_id, wrapped) values (seal, wrapped);
    perform app.add_seal_event(rfq, in_round, 'sealed', null, 'public key ' || encode(sha256(public_key), 'hex'));
end $$;

-- Who has agreed to the opening since the round was closed.
create or replace function app.seal_consents(seal uuid) returns table (user_id uuid, user_name text)
    language sql stable security definer set search_path = public, app, pg_temp as $$
    select distinct on (e.actor_id) e.actor_id, e.actor_name
    from rfq_seals s join rfqs r on r.id = s.rfq_id and r.round = s.round join seal_events e on e.rfq_id = s.rfq_id and e.round = s.round
    where s.id = seal and e.kind = 'consent' and e.actor_id is not null and e.at >= r.closed_at
    order by e.actor_id, e.sequence
$$;

-- What both halves of an opening demand, under the lock of the round.
create or replace function app.demand_openable(seal uuid) returns rfq_seals
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    found_seal rfq_seals;
    asked record;
    actor app.sessions := app.session();
begin
    select s.* into found_seal from rfq_seals s where s.id = seal for update;
    select r.number, r.status, r.round into asked from rfqs r where r.id = found_seal.rfq_id and r.deleted_at is null;
    -- A person of the house, not a job: the account of the background work is switched off.
    if asked.number is null or actor.access <> 'internal' or not exists (select from users u where u.id = actor.user_id and u.disabled_at is null) then
        raise exception 'There is no such sealed round, or it is not yours to open.';
    elsif found_seal.opened_at is not null then
        raise exception 'The bids of % were opened already, by %. Reload the page to compare them.', asked.number, found_seal.opened_by_names;
    elsif asked.status <> 'closed' or asked.round <> found_seal.round then
        raise exception 'The bids of % can be opened once the deadline has passed and the RFQ is closed; it is %.', asked.number, replace(asked.status, '_', ' ');
    end if;
    return found_seal;
end $$;

create or replace function app.consent_to_opening(seal uuid) returns void
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    found_seal rfq_seals := app.demand_openable(seal);
begin
    if exists (select from app.seal_consents(seal) c where c.user_id = app.user_id()) then
        raise exception 'You have agreed already. Somebody else has to open the bids with you.';
    end if;
    perform app.add_seal_event(found_seal.rfq_id, found_seal.round, 'consent', null, '');
end $$;

-- The one way to a private key, and still wrapped: two different people have agreed, and one of them asks.
create or replace function app.open_seal(seal uuid, out wrapped bytea, out opened timestamptz)
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    found_seal rfq_seals := app.demand_openable(seal);
    people text[];
begin
    select array_agg(c.user_name order by c.user_name) into people from app.seal_consents(seal) c;
    if coalesce(cardinality(people), 0) < 2 or not exists (select from app.seal_consents(seal) c where c.user_id = app.user_id()) then
        raise exception 'Two different people have to agree before the bids are opened.';
    end if;
    opened := now();
    update rfq_seals set opened_at = opened, opened_by = app.user_id(), opened_by_names = left(array_to_string(people, ' and '), 500) where id = seal;
    perform app.add_seal_event(found_seal.rfq_id, found_seal.round, 'opened', null, array_to_string(people, ' and '));
    select k.wrapped into wrapped from app.seal_keys k where k.seal_id = seal;
end $$;

-- What came out of a bid: hashed here once more, and noted. True when it is what was submitted.
create or replace function app.record_opening(bid uuid, bid_salt bytea, bid_content text, why_not text) returns boolean
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    found_bid sealed_bids;
    same boolean;
    reason text := why_not;
begin
    select b.* into found_bid from sealed_bids b join rfq_seals s on s.id = b.seal_id where b.id = bid and s.opened_at = now();
    if found_bid.id is null or (app.session()).access <> 'internal' then
        raise exception 'A bid is opened with its round, and only then.';
    end if;
    same := why_not = '' and coalesce(encode(sha256(bid_salt || convert_to(bid_content, 'UTF8')), 'hex') = found_bid.hash, false);
    if not same and reason = '' then
        reason := 'What is in it is not what the receipt was given for.';
    end if;
    insert into opened_bids (id, bid_id, rfq_id, salt, content, agrees, fault, opened_at)
    values (gen_random_uuid(), bid, found_bid.rfq_id, bid_salt, bid_content, same, left(reason, 400), now());
    perform app.add_seal_event(found_bid.rfq_id, found_bid.round, case when same then 'bid_opened' else 'bid_refused' end, found_bid.supplier_id,
        format('receipt %s, %s%s', found_bid.number, found_bid.hash, case when same then '' else '. ' || reason end));
    return same;
end $$;

-- A bid that comes belongs to the sealed round of its quote, and is noted before it is kept.
create or replace function app.note_bid() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    quoted quotes;
    seal rfq_seals;
begin
    select q.* into quoted from quotes q where q.id = new.quote_id;
    select s.* into seal from rfq_seals s where s.rfq_id = quoted.rfq_id and s.round = quoted.round;
    if seal.id is null or seal.opened_at is not null or quoted.status <> 'sealed'
        or (new.seal_id, new.rfq_id, new.round, new.supplier_id, new.revision) is distinct from (seal.id, quoted.rfq_id, quoted.round, quoted.supplier_id, quoted.revision) then
        raise exception 'This bid does not belong to the sealed round of its quote. Reload the page and submit it again.';
    end if;
    new.received_at := now();
    select e.entry_sequence, e.entry_hash into new.log_sequence, new.log_hash
    from app.add_seal_event(quoted.rfq_id, quoted.round, 'received', quoted.supplier_id, format('quote %s revision %s, receipt %s, %s', quoted.number, quoted.revision, new.number, new.hash)) e;
    return new;
end $$;
create or replace trigger noted before insert on sealed_bids for each row execute function app.note_bid();

-- A supplier takes its bid back.
create or replace function app.note_withdrawal() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    perform app.add_seal_event(new.rfq_id, new.round, 'withdrawn', new.supplier_id, format('quote %s revision %s', new.number, new.revision));
    return null;
end $$;
create or replace trigger withdrawn_sealed after update of status on quotes for each row when (old.status = 'sealed' and new.status = 'withdrawn') execute function app.note_withdrawal();

-- What is kept of sealed rounds is never changed. The lock of a round opens once.
create or replace function app.guard_seal() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    if tg_op = 'UPDATE' and tg_table_name = 'rfq_seals' then
        if old.opened_at is null and new.opened_at is not null
            and (to_jsonb(new) - array['opened_at', 'opened_by', 'opened_by_names', 'updated_at']) = (to_jsonb(old) - array['opened_at', 'opened_by', 'opened_by_names', 'updated_at']) then
            return new;
        end if;
    end if;
    raise exception 'What is kept of a sealed round stays as it was written.';
end $$;
do $$
declare
    name text;
begin
    foreach name in array array['rfq_seals', 'sealed_bids', 'opened_bids', 'seal_events'] loop
        execute format('create or replace trigger kept before update or delete on public.%I for each row execute function app.guard_seal()', name);
    end loop;
    foreach name in array array['sealed_bids', 'sealed_copies'] loop
        execute format('create or replace trigger deadline before insert or update or delete on public.%I for each row execute function app.guard_quote()', name);
    end loop;
end $$;

-- No word or figure of a sealed bid is written where it can be read, but in the transaction that opens it: by nobody, whatever the code says.
create or replace function app.guard_sealed() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    touched jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end) - 'content';
    former jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
    telling constant text[] := array['valid_until', 'lead_time_days', 'payment_terms', 'incoterm', 'freight_cost', 'other_cost', 'notes', 'total', 'currency', 'exchange_rate'];
    quoted quotes;
    seal record;
begin
    if session_user = 'sourcing_migrator' then
        return case when tg_op = 'DELETE' then old else new end;
    elsif tg_table_name = 'quotes' then
        quoted := jsonb_populate_record(null::quotes, touched);
    elsif tg_table_name = 'attachments' then
        select q.* into quoted from quotes q where q.id = (touched ->> 'owner_id')::uuid;
    elsif tg_table_name = 'quote_price_breaks' then
        select q.* into quoted from quote_lines l join quotes q on q.id = l.quote_id where l.id = (touched ->> 'quote_line_id')::uuid;
    else
        select q.* into quoted from quotes q where q.id = (touched ->> 'quote_id')::uuid;
    end if;
    select r.sealed, r.number, r.currency, s.opened_at into seal from rfqs r left join rfq_seals s on s.rfq_id = r.id and s.round = quoted.round where r.id = quoted.rfq_id;
    if not coalesce(seal.sealed, false) or seal.opened_at = now() then
        return case when tg_op = 'DELETE' then old else new end;
    end if;
    if tg_table_name = 'attachments' then
        if seal.opened_at is null then
            raise exception '% is sealed, and files of a quote cannot be sealed with it: whoever may see the RFQ could open them. Put what matters into the notes, or hand the file in once the bids are opened.', seal.number;
        end if;
        return new;
    elsif tg_table_name <> 'quotes' then
        raise exception '% is sealed: a quote comes as a sealed bid of its supplier, and stays as it was opened.', seal.number;
    end if;
    if (case when former is not null then exists (select from unnest(telling) c where former -> c is distinct from touched -> c)
            else quoted.valid_until is not null or quoted.lead_time_days is not null or quoted.exchange_rate is not null or quoted.payment_terms || quoted.incoterm || quoted.notes <> ''
                or quoted.freight_cost + quoted.other_cost + quoted.total <> 0 or quoted.currency <> seal.currency end)
        or (quoted.status not in ('draft', 'sealed', 'withdrawn') and coalesce(former ->> 'status', 'draft') in ('draft', 'sealed', 'withdrawn')) then
        raise exception '% is sealed: a quote comes as a sealed bid of its supplier, and stays as it was opened.', seal.number;
    end if;
    return new;
end $$;
create or replace trigger sealed before insert or update on quotes for each row execute function app.guard_sealed();
create or replace trigger sealed before insert or update on attachments for each row when (new.owner_type = 'quotes') execute function app.guard_sealed();
create or replace trigger sealed before insert or update or delete on quote_lines for each row execute function app.guard_sealed();
create or replace trigger sealed before insert or update or delete on quote_price_breaks for each row execute function app.guard_sealed();
create or replace trigger sealed before insert on quote_revisions for each row execute function app.guard_sealed();
create or replace trigger sealed before insert or update on quote_drafts for each row execute function app.guard_sealed();

-- What may happen to the RFQ itself while its bids are sealed, and after.
create or replace function app.guard_sealed_rfq() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    seal rfq_seals;
begin
    if session_user = 'sourcing_migrator' then
        return new;
    elsif new.sealed is distinct from old.sealed and old.status not in ('draft', 'approval') then
        raise exception 'Whether % is sealed was said when it went out, and does not change.', old.number;
    elsif not new.sealed then
        return new;
    end if;
    select s.* into seal from rfq_seals s where s.rfq_id = new.id and s.round = new.round;
    if new.bids_opened_at is distinct from old.bids_opened_at and not (new.bids_opened_at is null and new.round > old.round) and new.bids_opened_at is distinct from seal.opened_at then
        raise exception 'The bids of % are opened by two people, and stay opened.', new.number;
    elsif new.status in ('evaluating', 'awarded', 'completed') and new.status <> old.status and seal.opened_at is null then
        raise exception 'The bids of % are sealed. Two people open them first, on the page of the RFQ.', new.number;
    elsif new.status = 'open' and new.round = old.round and seal.opened_at is not null then
        raise exception 'The bids of round % are opened, so nobody may bid in it any more. Start round % instead.', new.round, new.round + 1;
    elsif new.status = 'open' and old.status = 'open' and new.deadline < old.deadline then
        raise exception 'Suppliers were told a later deadline. Choose one after it, or close the RFQ now.';
    end if;
    return new;
end $$;
create or replace trigger sealed before update on rfqs for each row when (old.sealed or new.sealed) execute function app.guard_sealed_rfq();

create or replace function app.note_sealed_rfq() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    until text := to_char(new.deadline at time zone 'utc', 'YYYY-MM-DD HH24:MI "UTC"');
begin
    if not exists (select from rfq_seals s where s.rfq_id = new.id and s.round = new.round) then
        return null;
    elsif new.status <> old.status and new.status = 'closed' then
        perform app.add_seal_event(new.id, new.round, 'closed', null, case when new.closed_at < new.deadline then 'before the deadline of ' else 'at the deadline of ' end || until);
    elsif new.status <> old.status and new.status = 'cancelled' then
        perform app.add_seal_event(new.id, new.round, 'cancelled', null, coalesce(new.cancel_reason, ''));
    elsif new.status = 'open' and old.status in ('closed', 'evaluating') and new.round = old.round then
        perform app.add_seal_event(new.id, new.round, 'reopened', null, 'until ' || until);
    elsif new.deadline is distinct from old.deadline and new.round = old.round then
        perform app.add_seal_event(new.id, new.round, 'deadline', null, 'until ' || until);
    end if;
    return null;
end $$;
create or replace trigger sealed_noted after update on rfqs for each row when (new.sealed) execute function app.note_sealed_rfq();

-- What a receipt says, for whoever holds it: its number and its hash are random, so that nobody comes to another's. No price, no name.
create or replace function app.check_receipt(wanted text) returns table (
    number text, rfq text, round int, revision int, hash text, received_at timestamptz, log_sequence int, log_hash text, in_log boolean,
    standing text, opened_at timestamptz, agrees boolean, quote_agrees boolean, fault text)
    language sql stable security definer set search_path = public, app, pg_temp as $$
    select b.number::text, r.number::text, b.round, b.revision, b.hash::text, b.received_at, b.log_sequence, b.log_hash::text,
        coalesce(e.hash = b.log_hash and e.kind = 'received' and position(b.hash in e.detail) > 0, false),
        case
            when b.revision < q.revision then 'superseded'
            when q.status = 'withdrawn' then 'withdrawn'
            when o.id is not null then case when o.agrees then 'opened' else 'refused' end
            when r.status = 'cancelled' then 'cancelled'
            else 'sealed'
        end,
        s.opened_at,
        case when o.id is not null then coalesce(encode(sha256(o.salt || convert_to(o.content, 'UTF8')), 'hex') = b.hash, false) end,
        case when o.agrees then exists (select from quote_revisions v where v.quote_id = b.quote_id and v.revision = b.revision and v.content = o.content::jsonb -> 'content') end,
        coalesce(o.fault, '')
    from sealed_bids b
    join rfqs r on r.id = b.rfq_id
    join quotes q on q.id = b.quote_id
    join rfq_seals s on s.id = b.seal_id
    left join opened_bids o on o.bid_id = b.id
    left join seal_events e on e.rfq_id = b.rfq_id and e.sequence = b.log_sequence
    where b.number = upper(btrim(wanted)) or b.hash = lower(btrim(wanted))
$$;

-- Suppliers: the public key of what they are asked, their own bids and copies, and whether their own bids were opened.
drop policy if exists invited on rfq_seals;
create policy invited on rfq_seals for select to sourcing_supplier using (rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
grant select (id, rfq_id, round, public_key, key_fingerprint, sealed_at, opened_at) on rfq_seals to sourcing_supplier;
drop policy if exists own_quotes on sealed_bids;
create policy own_quotes on sealed_bids for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and exists (select from quotes q where q.id = quote_id));
drop policy if exists own_bids on sealed_bids;
create policy own_bids on sealed_bids for insert to sourcing_supplier
    with check (supplier_id = (select app.supplier_id()) and exists (select from quotes q where q.id = quote_id));
grant select, insert on sealed_bids to sourcing_supplier;
drop policy if exists own_quotes on sealed_copies;
create policy own_quotes on sealed_copies for all to sourcing_supplier
    using (exists (select from quotes q where q.id = quote_id)) with check (exists (select from quotes q where q.id = quote_id));
grant select, insert, update (content, saved_by_name, saved_at, updated_at), delete on sealed_copies to sourcing_supplier;
drop policy if exists own_bids on opened_bids;
create policy own_bids on opened_bids for select to sourcing_supplier using (exists (select from sealed_bids b where b.id = bid_id));
grant select (id, bid_id, rfq_id, agrees, fault, opened_at) on opened_bids to sourcing_supplier;
grant select (bids_opened_at) on rfqs to sourcing_supplier;

do $$
declare
    thing record;
begin
    for thing in select p.oid::regprocedure as name, p.proname from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname in (
        'add_seal_event', 'seal_round', 'seal_consents', 'demand_openable', 'consent_to_opening', 'open_seal', 'record_opening', 'note_bid', 'note_withdrawal', 'guard_seal',
        'guard_sealed', 'guard_sealed_rfq', 'note_sealed_rfq', 'check_receipt')
    loop
        execute format('revoke all on function %s from public', thing.name);
        execute format('alter function %s owner to sourcing_owner', thing.name);
    end loop;
end $$;
grant execute on function app.seal_round(uuid, uuid, int, bytea, text, bytea), app.seal_consents(uuid), app.consent_to_opening(uuid), app.open_seal(uuid),
    app.record_opening(uuid, bytea, text, text) to sourcing_internal;
grant execute on function app.check_receipt(text) to sourcing_auth;
