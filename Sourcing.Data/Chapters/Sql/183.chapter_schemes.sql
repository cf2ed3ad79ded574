-- Score schemes: who reads and writes them, what never changes, and what a database begins with. Alerts and the committee's notes.

insert into app.audit_parents (table_name, column_name) values ('chapter_scheme_choices', 'chapter_id'), ('member_scores', 'member_id'), ('member_committee_notes', 'member_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Schemes that the chapters in which the person of this session has a seat of one of these offices are or were scored by.
create or replace function app.scheme_ids_in_use(offices text[]) returns uuid[]
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
declare
    here uuid[] := app.chapter_ids(offices);
begin
    if cardinality(here) = 0 then
        return '{}';
    end if;
    return (select coalesce(array_agg(distinct c.scheme_id), '{}') from chapter_scheme_choices c where c.chapter_id is null or c.chapter_id = any (here));
end $$;
alter function app.scheme_ids_in_use(text[]) owner to sourcing_owner;
revoke all on function app.scheme_ids_in_use(text[]) from public;
grant execute on function app.scheme_ids_in_use(text[]) to sourcing_internal, sourcing_chapter;

-- What a chapter is or was scored by, with its rules: for everybody whose seat opens the report, which prints them. With its own condition.
drop view if exists report_schemes;
create view report_schemes as
    select c.id as chapter_id, x.from_month, x.chapter_id is not null as is_chosen, s.id, s.key, s.name, s.number, s.green, s.yellow, s.red, s.rules
    from chapters c join chapter_scheme_choices x on x.chapter_id = c.id or x.chapter_id is null join score_schemes s on s.id = x.scheme_id
    where c.id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[]);
alter view report_schemes owner to sourcing_owner;

-- What is asked of visitors beyond who invited them: the first visit of a person, and the visit after which they joined. Nobody's name.
drop view if exists report_visits;
create view report_visits as
    select v.id, v.chapter_id, t.held_on,
        not exists (select from visitors e join meetings m on m.id = e.meeting_id where e.chapter_id = v.chapter_id and e.name_key = v.name_key and e.kind = 'visitor' and e.deleted_at is null
            and (m.held_on, e.id) < (t.held_on, v.id)) as is_first,
        v.outcome = 'joined' and not exists (select from visitors e join meetings m on m.id = e.meeting_id where e.chapter_id = v.chapter_id and e.name_key = v.name_key and e.kind = 'visitor' and e.deleted_at is null
            and e.outcome = 'joined' and (m.held_on, e.id) > (t.held_on, v.id)) as has_joined
    from visitors v join meetings t on t.id = v.meeting_id
    where v.deleted_at is null and v.kind = 'visitor' and v.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[]);
alter view report_visits owner to sourcing_owner;
grant select on report_schemes, report_visits to sourcing_internal, sourcing_chapter;

do $$
declare
    login text;
    leads constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'']))::uuid[])';
    looks constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'']))::uuid[])';
    belongs constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''member'']))::uuid[])';
    points constant text := looks || ' or member_id = any ((select app.own_member_ids())::uuid[]) or (' || belongs || ' and exists (select from chapters c where c.id = chapter_id and c.points_shared))';
    -- The network's own are an admin's to write.
    writes constant text := leads || ' or (chapter_id is null and (select app.is_admin()))';
begin
    foreach login in array array['sourcing_internal', 'sourcing_chapter'] loop
        execute format('drop policy if exists %I on score_schemes', login || '_reads');
        execute format('create policy %I on score_schemes for select to %I using (%s or (chapter_id is null and status <> ''draft'' and cardinality((select app.chapter_ids(array[''leader'', ''committee'']))::uuid[]) > 0)
            or (chapter_id is null and (select app.is_admin())) or id = any ((select app.scheme_ids_in_use(array[''member'']))::uuid[]))', login || '_reads', login, looks);
        execute format('drop policy if exists %I on score_schemes', login || '_adds');
        execute format('create policy %I on score_schemes for insert to %I with check (%s)', login || '_adds', login, writes);
        execute format('drop policy if exists %I on score_schemes', login || '_changes');
        execute format('create policy %I on score_schemes for update to %I using (%s) with check (%s)', login || '_changes', login, writes, writes);
        execute format('drop policy if exists %I on score_schemes', login || '_discards');
        execute format('create policy %I on score_schemes for delete to %I using (status = ''draft'' and (%s))', login || '_discards', login, writes);
        execute format('grant select, insert, update, delete on score_schemes to %I', login);

        execute format('drop policy if exists %I on chapter_scheme_choices', login || '_reads');
        execute format('create policy %I on chapter_scheme_choices for select to %I using (%s or (chapter_id is null and ((select app.is_admin()) or cardinality((select app.chapter_ids(array[''leader'', ''committee'', ''member'']))::uuid[]) > 0)))',
            login || '_reads', login, belongs);
        execute format('drop policy if exists %I on chapter_scheme_choices', login || '_adds');
        execute format('create policy %I on chapter_scheme_choices for insert to %I with check (%s)', login || '_adds', login, writes);
        execute format('drop policy if exists %I on chapter_scheme_choices', login || '_changes');
        execute format('create policy %I on chapter_scheme_choices for update to %I using (%s) with check (%s)', login || '_changes', login, writes, writes);
        execute format('grant select, insert, update on chapter_scheme_choices to %I', login);

        -- For the member, the leaders, the committee and, where the chapter shares points, its members. A month that is closed again takes away what no longer holds.
        execute format('drop policy if exists %I on member_scores', login || '_reads');
        execute format('create policy %I on member_scores for select to %I using (%s)', login || '_reads', login, points);
        execute format('drop policy if exists %I on member_scores', login || '_adds');
        execute format('create policy %I on member_scores for insert to %I with check (%s)', login || '_adds', login, leads);
        execute format('drop policy if exists %I on member_scores', login || '_changes');
        execute format('create policy %I on member_scores for update to %I using (%s) with check (%s)', login || '_changes', login, leads, leads);
        execute format('drop policy if exists %I on member_scores', login || '_clears');
        execute format('create policy %I on member_scores for delete to %I using (%s)', login || '_clears', login, leads);
        execute format('grant select, insert, update, delete on member_scores to %I', login);

        execute format('drop policy if exists %I on chapter_alert_rules', login || '_reads');
        execute format('create policy %I on chapter_alert_rules for select to %I using (%s)', login || '_reads', login, replace(looks, 'chapter_id =', 'id ='));
        execute format('drop policy if exists %I on chapter_alert_rules', login || '_adds');
        execute format('create policy %I on chapter_alert_rules for insert to %I with check (%s)', login || '_adds', login, replace(leads, 'chapter_id =', 'id ='));
        execute format('drop policy if exists %I on chapter_alert_rules', login || '_changes');
        execute format('create policy %I on chapter_alert_rules for update to %I using (%s) with check (%s)', login || '_changes', login, replace(leads, 'chapter_id =', 'id ='), replace(leads, 'chapter_id =', 'id ='));
        execute format('grant select, insert, update on chapter_alert_rules to %I', login);

        -- Written in one's own name, and never again touched.
        execute format('drop policy if exists %I on member_committee_notes', login || '_reads');
        execute format('create policy %I on member_committee_notes for select to %I using (%s)', login || '_reads', login, looks);
        execute format('drop policy if exists %I on member_committee_notes', login || '_adds');
        execute format('create policy %I on member_committee_notes for insert to %I with check (%s and author_id = (select app.user_id()))', login || '_adds', login, looks);
        execute format('grant select, insert on member_committee_notes to %I', login);
    end loop;
end $$;

do $$
declare
    thing text;
begin
    foreach thing in array array['member_scores', 'member_committee_notes'] loop
        execute format('create or replace trigger own_chapter before insert or update on %I for each row execute function app.keep_in_chapter()', thing);
    end loop;
end $$;

-- A version that is no draft any more can have scored somebody: it is retired at most.
create or replace function app.keep_schemes() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
begin
    if old.status <> 'draft' and (tg_op = 'DELETE' or new.status = 'draft' or to_jsonb(new) - array['status', 'updated_at'] is distinct from to_jsonb(old) - array['status', 'updated_at']) then
        raise exception '% v% is %, and points rest on it as it is. Make a new version of it.', old.name, old.number, old.status;
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.chapter_id is distinct from old.chapter_id or new.key <> old.key or new.number <> old.number then
        raise exception 'A scheme stays its owner''s, under its key. Copy it instead.';
    end if;
    return new;
end $$;
alter function app.keep_schemes() owner to sourcing_owner;
create or replace trigger kept before update or delete on score_schemes for each row execute function app.keep_schemes();

-- A choice takes an active scheme of the chapter or the network, and never reaches into months whose points are kept; whoever is no admin chooses from the running month on.
create or replace function app.keep_scheme_choices() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    chosen score_schemes;
    last_kept date;
begin
    if tg_op = 'UPDATE' then
        if new.chapter_id is distinct from old.chapter_id or new.from_month <> old.from_month then
            raise exception 'A choice stays its chapter''s, from its month on. Choose anew for another month.';
        end if;
    end if;
    select * into chosen from score_schemes s where s.id = new.scheme_id;
    if chosen.status is distinct from 'active' then
        raise exception '% v% is %. Choose an active scheme.', chosen.name, chosen.number, chosen.status;
    end if;
    if chosen.chapter_id is not null and chosen.chapter_id is distinct from new.chapter_id then
        raise exception 'This scheme is another chapter''s. Copy it to make it yours.';
    end if;
    select max(m.window_end) into last_kept from member_scores m where m.window_end >= new.from_month and case when new.chapter_id is not null then m.chapter_id = new.chapter_id
        else not exists (select from chapter_scheme_choices c where c.chapter_id = m.chapter_id and c.from_month <= m.window_end) end;
    if last_kept is not null then
        raise exception 'Points up to % are kept as they were given. Choose a later month.', to_char(last_kept, 'FMMonth YYYY');
    end if;
    if session_user in ('sourcing_chapter', 'sourcing_internal') and not app.is_admin()
        and new.from_month < (select date_trunc('month', now() at time zone c.time_zone)::date from chapters c where c.id = new.chapter_id) then
        raise exception 'A scheme is chosen from the running month on. Ask a region admin where it has to be earlier.';
    end if;
    return new;
end $$;
alter function app.keep_scheme_choices() owner to sourcing_owner;
create or replace trigger kept before insert or update on chapter_scheme_choices for each row execute function app.keep_scheme_choices();

-- Notes of the committee: the database says when, and nothing of them is ever changed.
create or replace function app.keep_committee_notes() returns trigger language plpgsql set search_path = public, app, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        raise exception 'What the committee wrote is never changed. Write another note.';
    end if;
    new.created_at := now();
    return new;
end $$;
alter function app.keep_committee_notes() owner to sourcing_owner;
create or replace trigger kept before insert or update or delete on member_committee_notes for each row execute function app.keep_committee_notes();
