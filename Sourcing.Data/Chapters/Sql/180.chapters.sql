-- Chapters: what a seat opens, what only the payer sees, and what totals and matrices are made of.

insert into app.audit_parents (table_name, column_name) values
    ('chapter_seats', 'chapter_id'), ('membership_terms', 'member_id'), ('member_contacts', 'id'), ('member_aliases', 'member_id'),
    ('attendances', 'meeting_id'), ('referrals', 'meeting_id'), ('one_to_ones', 'meeting_id'), ('closed_business', 'meeting_id'), ('education_units', 'meeting_id'), ('testimonials', 'meeting_id'), ('visitors', 'meeting_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Unique whatever the case; terms of one member never overlap.
create unique index if not exists ix_chapters_name_location on chapters (lower(name), lower(location));
create unique index if not exists ix_member_contacts_email on member_contacts (chapter_id, lower(email)) where email <> '' and deleted_at is null;
create unique index if not exists ix_external_parties_name on external_parties (chapter_id, lower(name), lower(chapter_name));
do $$
begin
    if not exists (select from pg_constraint where conname = 'ck_membership_terms_apart') then
        alter table membership_terms add constraint ck_membership_terms_apart exclude using gist (member_id with =, daterange(joined_on, left_on) with &&);
    end if;
end $$;

-- The chapters in which the person of this session has a seat of one of these offices; for an admin all. A seat counts for those alone who have a role of
-- the network, so that nobody gets in by a seat of old. In a policy as = any ((select app.chapter_ids(...))::uuid[]): asked once a statement.
create or replace function app.chapter_ids(offices text[]) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    person uuid := (app.session()).user_id;
    found uuid[];
begin
    if app.is_admin() then
        select coalesce(array_agg(c.id), '{}') into found from chapters c;
    else
        select coalesce(array_agg(s.chapter_id), '{}') into found from chapter_seats s
        where s.user_id = person and s.office = any (offices)
            and exists (select from user_roles ur join roles r on r.id = ur.role_id and r.name in ('ChapterLeader', 'ChapterMember') where ur.user_id = person);
    end if;
    return found;
end $$;
-- The members that the person of this session is, one a chapter; while they have a seat there that is more than a viewer's.
create or replace function app.own_member_ids() returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    person uuid := (app.session()).user_id;
    open_chapters uuid[] := app.chapter_ids(array['leader', 'committee', 'host', 'member']);
begin
    return (select coalesce(array_agg(m.id), '{}') from members m where m.user_id = person and m.deleted_at is null and m.chapter_id = any (open_chapters));
end $$;
-- Whose account a sign-in address is: for those who give out seats, and of accounts of the network alone.
create or replace function app.chapter_account(address text) returns table (id uuid, full_name text, leads boolean)
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
begin
    if cardinality(app.chapter_ids(array['leader'])) = 0 and not app.is_admin() then
        return;
    end if;
    return query
        select u.id, u.full_name::text, bool_or(r.name in ('ChapterLeader', 'Admin')) from users u
        join user_roles ur on ur.user_id = u.id join roles r on r.id = ur.role_id and r.name in ('ChapterLeader', 'ChapterMember', 'Admin')
        where u.normalized_email = upper(btrim(address)) and u.disabled_at is null group by u.id, u.full_name;
end $$;
alter function app.chapter_ids(text[]) owner to sourcing_owner;
alter function app.own_member_ids() owner to sourcing_owner;
alter function app.chapter_account(text) owner to sourcing_owner;
revoke all on function app.chapter_ids(text[]), app.own_member_ids(), app.chapter_account(text) from public;
grant execute on function app.chapter_ids(text[]), app.own_member_ids(), app.chapter_account(text) to sourcing_internal, sourcing_chapter;

grant select (id, full_name, is_active) on people to sourcing_chapter;

-- Names that slips show, of members past and present: no contact data, no business. With its own condition, for whoever works in the chapter.
drop view if exists chapter_slips;
drop view if exists member_names;
create view member_names as
    select m.id, m.chapter_id, btrim(m.first_name || ' ' || m.last_name) as full_name, m.deleted_at is not null as is_deleted,
        m.deleted_at is null and exists (select from membership_terms t where t.member_id = m.id and t.joined_on <= current_date and (t.left_on is null or t.left_on > current_date)) as is_active
    from members m where m.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'host', 'member']))::uuid[]);
alter view member_names owner to sourcing_owner;

-- What totals and matrices are made of: no payer, no note, no visitor's name. With its own condition, for leaders, committee and members.
drop view if exists slip_facts;
create view slip_facts as
    select s.*, t.held_on, t.status as meeting_status from (
        select r.id, r.chapter_id, r.meeting_id, 'referral' as kind, r.giver_id as from_id, r.giver_external_id as from_external_id, r.receiver_id as to_id, r.receiver_external_id as to_external_id,
            r.tier, null::boolean as is_inside, null::numeric as amount, '' as currency, null::numeric as credits, null as visitor_kind from referrals r where r.deleted_at is null
        union all
        select o.id, o.chapter_id, o.meeting_id, 'one_to_one', o.initiator_id, o.initiator_external_id, o.partner_id, o.partner_external_id, null, null, null, '', null, null from one_to_ones o where o.deleted_at is null
        union all
        select b.id, b.chapter_id, b.meeting_id, 'closed_business', null, null, b.thanked_id, b.thanked_external_id, b.tier, b.is_inside, b.amount, b.currency, null, null from closed_business b where b.deleted_at is null
        union all
        select e.id, e.chapter_id, e.meeting_id, 'education', e.member_id, null, null, null, null, null, null, '', e.credits, null from education_units e where e.deleted_at is null
        union all
        select p.id, p.chapter_id, p.meeting_id, 'testimonial', p.speaker_id, null, p.about_id, p.about_external_id, null, null, null, '', null, null from testimonials p where p.deleted_at is null
        union all
        select v.id, v.chapter_id, v.meeting_id, 'visitor', v.inviter_id, null, null, null, null, null, null, '', null, v.kind from visitors v where v.deleted_at is null
    ) s join meetings t on t.id = s.meeting_id
    where s.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member']))::uuid[]);
alter view slip_facts owner to sourcing_owner;
drop view if exists attendance_counts;
create view attendance_counts as
    select t.chapter_id, t.id as meeting_id, t.held_on, t.status as meeting_status, a.code, count(*)::int as count
    from attendances a join meetings t on t.id = a.meeting_id
    where t.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member']))::uuid[])
    group by t.chapter_id, t.id, t.held_on, t.status, a.code;
alter view attendance_counts owner to sourcing_owner;

-- Slips as they are written, as far as the asker may read each: as invoker.
create view chapter_slips with (security_invoker = true) as
    select s.*, t.held_on,
        coalesce(f.full_name, fx.name, '') as from_name, coalesce(w.full_name, wx.name, '') as to_name, coalesce(nullif(fx.chapter_name, ''), wx.chapter_name, '') as other_chapter
    from (
        select r.id, r.chapter_id, r.meeting_id, 'referral' as kind, r.giver_id as from_id, r.giver_external_id as from_external_id, r.receiver_id as to_id, r.receiver_external_id as to_external_id,
            r.tier, r.status, null::numeric as amount, '' as currency, null::numeric as credits, false as is_training, r.note, r.created_at from referrals r where r.deleted_at is null
        union all
        select o.id, o.chapter_id, o.meeting_id, 'one_to_one', o.initiator_id, o.initiator_external_id, o.partner_id, o.partner_external_id, null, null, null, '', null, false,
            concat_ws(', ', nullif(o.place, ''), nullif(o.note, '')), o.created_at from one_to_ones o where o.deleted_at is null
        union all
        select b.id, b.chapter_id, b.meeting_id, 'closed_business', null, null, b.thanked_id, b.thanked_external_id, b.tier, null, b.amount, b.currency, null, false, b.note, b.created_at from closed_business b where b.deleted_at is null
        union all
        select e.id, e.chapter_id, e.meeting_id, 'education', e.member_id, null, null, null, null, null, null, '', e.credits, e.is_training, e.note, e.created_at from education_units e where e.deleted_at is null
        union all
        select p.id, p.chapter_id, p.meeting_id, 'testimonial', p.speaker_id, null, p.about_id, p.about_external_id, null, null, null, '', null, false, p.note, p.created_at from testimonials p where p.deleted_at is null
    ) s
    join meetings t on t.id = s.meeting_id
    left join member_names f on f.id = s.from_id
    left join external_parties fx on fx.id = s.from_external_id
    left join member_names w on w.id = s.to_id
    left join external_parties wx on wx.id = s.to_external_id;
alter view chapter_slips owner to sourcing_owner;
grant select on member_names, slip_facts, attendance_counts, chapter_slips to sourcing_internal, sourcing_chapter;

-- The same policies under both logins: of those inside, an admin has every chapter, and anybody else what a seat gives.
do $$
declare
    login text;
    thing record;
    leads constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'']))::uuid[])';
    looks constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'']))::uuid[])';
    belongs constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''member'']))::uuid[])';
    works constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''host'', ''member'']))::uuid[])';
    hosts constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''host'']))::uuid[])';
begin
    foreach login in array array['sourcing_internal', 'sourcing_chapter'] loop
        -- reads: of whom; adds, changes: by whom. Closed business is also seen by the transaction that writes it, before its payer is written down.
        for thing in select * from (values
            ('membership_terms', belongs, leads, leads), ('member_aliases', looks, leads, leads), ('external_parties', works, works, leads),
            ('meetings', works, leads, leads),
            ('members', belongs || ' or id = any ((select app.own_member_ids())::uuid[])', leads, leads),
            ('member_contacts', looks || ' or id = any ((select app.own_member_ids())::uuid[])', leads, leads || ' or id = any ((select app.own_member_ids())::uuid[])'),
            ('attendances', looks || ' or member_id = any ((select app.own_member_ids())::uuid[])', leads, leads),
            ('referrals', looks || ' or giver_id = any ((select app.own_member_ids())::uuid[]) or receiver_id = any ((select app.own_member_ids())::uuid[])',
                leads || ' or (' || works || ' and giver_id = any ((select app.own_member_ids())::uuid[]))',
                leads || ' or giver_id = any ((select app.own_member_ids())::uuid[]) or receiver_id = any ((select app.own_member_ids())::uuid[])'),
            ('one_to_ones', looks || ' or initiator_id = any ((select app.own_member_ids())::uuid[]) or partner_id = any ((select app.own_member_ids())::uuid[])',
                leads || ' or (' || works || ' and initiator_id = any ((select app.own_member_ids())::uuid[]))', leads || ' or initiator_id = any ((select app.own_member_ids())::uuid[])'),
            ('closed_business', looks || ' or thanked_id = any ((select app.own_member_ids())::uuid[]) or (select app.pays(id)) or (' || works || ' and created_at = now())',
                leads || ' or (' || works || ' and cardinality((select app.own_member_ids())::uuid[]) > 0)', leads),
            ('education_units', looks || ' or member_id = any ((select app.own_member_ids())::uuid[])', leads || ' or member_id = any ((select app.own_member_ids())::uuid[])', leads || ' or member_id = any ((select app.own_member_ids())::uuid[])'),
            ('testimonials', looks || ' or speaker_id = any ((select app.own_member_ids())::uuid[]) or about_id = any ((select app.own_member_ids())::uuid[])',
                leads || ' or (' || works || ' and speaker_id = any ((select app.own_member_ids())::uuid[]))', leads || ' or speaker_id = any ((select app.own_member_ids())::uuid[])'),
            ('visitors', 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''host'']))::uuid[]) or inviter_id = any ((select app.own_member_ids())::uuid[])',
                hosts || ' or inviter_id = any ((select app.own_member_ids())::uuid[])', hosts)
        ) as t (name, reads, adds, changes) loop
            execute format('drop policy if exists %I on %I', login || '_reads', thing.name);
            execute format('create policy %I on %I for select to %I using (%s)', login || '_reads', thing.name, login, replace(thing.reads, '(select app.pays(id))', 'exists (select from closed_business_payers p where p.id = closed_business.id)'));
            execute format('drop policy if exists %I on %I', login || '_adds', thing.name);
            execute format('create policy %I on %I for insert to %I with check (%s)', login || '_adds', thing.name, login, thing.adds);
            execute format('drop policy if exists %I on %I', login || '_changes', thing.name);
            execute format('create policy %I on %I for update to %I using (%s) with check (%s)', login || '_changes', thing.name, login, thing.changes, thing.changes);
            execute format('grant select, insert, update on %I to %I', thing.name, login);
        end loop;
        -- Codes that were set by mistake are taken away; the history holds them.
        execute format('drop policy if exists %I on attendances', login || '_clears');
        execute format('create policy %I on attendances for delete to %I using (%s)', login || '_clears', login, leads);
        execute format('grant delete on attendances to %I', login);
        execute format('drop policy if exists %I on member_aliases', login || '_clears');
        execute format('create policy %I on member_aliases for delete to %I using (%s)', login || '_clears', login, leads);
        execute format('grant delete on member_aliases to %I', login);

        execute format('drop policy if exists %I on chapters', login || '_reads');
        execute format('create policy %I on chapters for select to %I using (id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''host'', ''member'', ''viewer'']))::uuid[]))', login || '_reads', login);
        execute format('drop policy if exists %I on chapters', login || '_changes');
        execute format('create policy %I on chapters for update to %I using (id = any ((select app.chapter_ids(array[''leader'']))::uuid[])) with check (id = any ((select app.chapter_ids(array[''leader'']))::uuid[]))', login || '_changes', login);
        execute format('grant select, update on chapters to %I', login);

        -- Seats: one's own is seen and never touched; leaders give those of their chapter, admins any.
        execute format('drop policy if exists %I on chapter_seats', login || '_reads');
        execute format('create policy %I on chapter_seats for select to %I using (user_id = (select app.user_id()) or %s)', login || '_reads', login, leads);
        execute format('drop policy if exists %I on chapter_seats', login || '_gives');
        execute format('create policy %I on chapter_seats for all to %I using (%s and (user_id <> (select app.user_id()) or (select app.is_admin()))) with check (%s and (user_id <> (select app.user_id()) or (select app.is_admin())))',
            login || '_gives', login, leads, leads);
        execute format('grant select, insert, update, delete on chapter_seats to %I', login);

        -- The payer: read by the payer, written once by the payer, under whatever login.
        execute format('drop policy if exists %I on closed_business_payers', login || '_own');
        execute format('create policy %I on closed_business_payers for select to %I using (payer_id = any ((select app.own_member_ids())::uuid[]))', login || '_own', login);
        execute format('drop policy if exists %I on closed_business_payers', login || '_pays');
        execute format('create policy %I on closed_business_payers for insert to %I with check (payer_id = any ((select app.own_member_ids())::uuid[]))', login || '_pays', login);
        execute format('grant select, insert on closed_business_payers to %I', login);
    end loop;
    -- An admin makes chapters: a new one is not yet among those that the statement sees.
    drop policy if exists admin_makes on chapters;
    create policy admin_makes on chapters for insert to sourcing_internal with check ((select app.is_admin()));
    drop policy if exists admin_reads on chapters;
    create policy admin_reads on chapters for select to sourcing_internal using ((select app.is_admin()));
    grant insert on chapters to sourcing_internal;
end $$;

-- Whatever a row points at is of the row's own chapter.
create or replace function app.keep_in_chapter() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    whole jsonb := to_jsonb(new);
begin
    if exists (select from meetings t where t.id = (whole ->> 'meeting_id')::uuid and t.chapter_id <> new.chapter_id)
        or exists (select from external_parties x where x.id in ((whole ->> 'giver_external_id')::uuid, (whole ->> 'receiver_external_id')::uuid, (whole ->> 'initiator_external_id')::uuid,
            (whole ->> 'partner_external_id')::uuid, (whole ->> 'thanked_external_id')::uuid, (whole ->> 'about_external_id')::uuid) and x.chapter_id <> new.chapter_id)
        or exists (select from members m where m.id in ((whole ->> 'member_id')::uuid, (whole ->> 'giver_id')::uuid, (whole ->> 'receiver_id')::uuid, (whole ->> 'initiator_id')::uuid,
            (whole ->> 'partner_id')::uuid, (whole ->> 'thanked_id')::uuid, (whole ->> 'speaker_id')::uuid, (whole ->> 'about_id')::uuid, (whole ->> 'inviter_id')::uuid, (whole ->> 'sponsor_id')::uuid) and m.chapter_id <> new.chapter_id)
        or (tg_table_name = 'member_contacts' and exists (select from members m where m.id = new.id and m.chapter_id <> new.chapter_id)) then
        raise exception 'This points at somebody or something of another chapter. Choose from the chapter itself.' using errcode = 'P0001';
    end if;
    return new;
end $$;
alter function app.keep_in_chapter() owner to sourcing_owner;
do $$
declare
    thing text;
begin
    foreach thing in array array['members', 'membership_terms', 'member_contacts', 'member_aliases', 'attendances', 'referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials', 'visitors'] loop
        execute format('create or replace trigger own_chapter before insert or update on %I for each row execute function app.keep_in_chapter()', thing);
    end loop;
end $$;

-- Where they do not lead, people say how a referral goes on, change or take back within a day what they entered themselves, say how they are reached, and change nothing else.
create or replace function app.keep_slips() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    free text[] := array['updated_at'];
    own uuid[];
begin
    if session_user not in ('sourcing_chapter', 'sourcing_internal') or new.chapter_id = any (app.chapter_ids(array['leader'])) then
        return new;
    end if;
    own := app.own_member_ids();
    if tg_table_name = 'referrals' then
        free := free || 'status'::text;
    elsif tg_table_name = 'member_contacts' then
        free := free || array['email', 'phone'];
    end if;
    if old.created_at > now() - interval '1 day' and old.deleted_at is null
        and coalesce(to_jsonb(old) ->> 'giver_id', to_jsonb(old) ->> 'initiator_id', to_jsonb(old) ->> 'member_id', to_jsonb(old) ->> 'speaker_id')::uuid = any (own) then
        -- Everything but whose it is: that is what makes it theirs.
        free := free || array['deleted_at', 'deleted_by', 'removed_because', 'meeting_id', 'receiver_id', 'receiver_external_id', 'tier', 'partner_id', 'partner_external_id', 'about_id', 'about_external_id', 'place', 'credits', 'is_training', 'note'];
    end if;
    if to_jsonb(new) - free is distinct from to_jsonb(old) - free then
        raise exception 'not yours to change' using errcode = '42501';
    end if;
    return new;
end $$;
alter function app.keep_slips() owner to sourcing_owner;
do $$
declare
    thing text;
begin
    foreach thing in array array['referrals', 'one_to_ones', 'education_units', 'testimonials', 'member_contacts'] loop
        execute format('create or replace trigger little_else before update on %I for each row execute function app.keep_slips()', thing);
    end loop;
end $$;

-- A payer belongs to the slip's chapter, and is written down while the slip is being made: never added to somebody else's.
create or replace function app.keep_payers() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if not exists (select from closed_business b join members m on m.id = new.payer_id and m.chapter_id = b.chapter_id where b.id = new.id and b.created_at = now()) then
        raise exception 'The payer is written down when the slip is made.' using errcode = 'P0001';
    end if;
    return new;
end $$;
alter function app.keep_payers() owner to sourcing_owner;
create or replace trigger at_once before insert on closed_business_payers for each row execute function app.keep_payers();
