-- Closed months of a chapter: what may not be changed any more, what each closing kept, and who reads it.

insert into app.audit_parents (table_name, column_name) values ('monthly_reports', 'chapter_id') on conflict (table_name) do update set column_name = excluded.column_name;

do $$
declare
    login text;
    leads constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'']))::uuid[])';
    looks constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'']))::uuid[])';
    reads constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'', ''member'', ''viewer'']))::uuid[])';
begin
    foreach login in array array['sourcing_internal', 'sourcing_chapter'] loop
        execute format('drop policy if exists %I on monthly_reports', login || '_reads');
        execute format('create policy %I on monthly_reports for select to %I using (%s)', login || '_reads', login, reads);
        execute format('drop policy if exists %I on monthly_reports', login || '_closes');
        execute format('create policy %I on monthly_reports for insert to %I with check (%s)', login || '_closes', login, leads);
        execute format('drop policy if exists %I on monthly_reports', login || '_opens');
        execute format('create policy %I on monthly_reports for update to %I using (%s) with check (%s)', login || '_opens', login, leads, leads);
        execute format('grant select, insert, update on monthly_reports to %I', login);
        -- Kept for good: nobody changes or removes one.
        execute format('drop policy if exists %I on report_revisions', login || '_reads');
        execute format('create policy %I on report_revisions for select to %I using (%s)', login || '_reads', login, looks);
        execute format('drop policy if exists %I on report_revisions', login || '_keeps');
        execute format('create policy %I on report_revisions for insert to %I with check (%s and actor_id = (select app.user_id()))', login || '_keeps', login, leads);
        execute format('grant select, insert on report_revisions to %I', login);
    end loop;
end $$;

-- The report as it was closed, for everybody whose seat opens reports. How somebody attended follows the same rule as in report_marks.
drop view if exists closed_reports;
create view closed_reports as
    select r.id, r.chapter_id, r.period, r.revision, r.created_at, r.facts,
        case when r.chapter_id = any ((select app.chapter_ids(array['leader', 'committee']))::uuid[]) or exists (select from chapters c where c.id = r.chapter_id and c.points_shared) then r.marks
            else (select coalesce(jsonb_agg(m), '[]') from jsonb_array_elements(r.marks) m where (m ->> 'personId')::uuid = any ((select app.own_member_ids())::uuid[])) end as marks
    from report_revisions r
    where r.act = 'closed' and r.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[]);
alter view closed_reports owner to sourcing_owner;
grant select on closed_reports to sourcing_internal, sourcing_chapter;

-- Which months take no entries, without a figure: for whoever enters anything.
drop view if exists closed_months;
create view closed_months as
    select r.chapter_id, r.period as first_day, (r.period + interval '1 month - 1 day')::date as last_day from monthly_reports r
    where r.status = 'closed' and r.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'host', 'member']))::uuid[]);
alter view closed_months owner to sourcing_owner;
grant select on closed_months to sourcing_internal, sourcing_chapter;

-- Whether one of these days of a chapter lies in a closed month, and the first such month. Whoever asks in order to write holds off a closing until they are done.
create or replace function app.closed_month(chapter uuid, days daterange) returns date
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('closing ' || chapter::text, 0));
    return (select min(r.period) from monthly_reports r
        where r.chapter_id = chapter and r.status = 'closed' and daterange(r.period, (r.period + interval '1 month')::date) && days);
end $$;
alter function app.closed_month(uuid, daterange) owner to sourcing_owner;
revoke all on function app.closed_month(uuid, daterange) from public;

create or replace function app.refuse_closed(chapter uuid, days daterange) returns void
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    month date := app.closed_month(chapter, days);
begin
    if month is not null then
        raise exception '% is closed, and what it counts is not changed any more. A leader opens the month again, with a reason.', to_char(month, 'FMMonth YYYY') using errcode = 'P0001';
    end if;
end $$;
alter function app.refuse_closed(uuid, daterange) owner to sourcing_owner;
revoke all on function app.refuse_closed(uuid, daterange) from public;

-- Slips, visits and codes count in their meeting's month. How a referral went on and what came of a visit is told later, and changes no figure of the month.
create or replace function app.keep_closed_slips() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    later constant text[] := array['updated_at', 'status', 'outcome'];
    day date;
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - later = to_jsonb(old) - later then
        return new;
    end if;
    if tg_op <> 'INSERT' then
        select m.held_on into day from meetings m where m.id = old.meeting_id;
        perform app.refuse_closed(old.chapter_id, daterange(day, day, '[]'));
    end if;
    if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.meeting_id is distinct from old.meeting_id) then
        select m.held_on into day from meetings m where m.id = new.meeting_id;
        perform app.refuse_closed(new.chapter_id, daterange(day, day, '[]'));
    end if;
    return coalesce(new, old);
end $$;
alter function app.keep_closed_slips() owner to sourcing_owner;

create or replace function app.keep_closed_meetings() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if tg_op <> 'INSERT' then
        perform app.refuse_closed(old.chapter_id, daterange(old.held_on, old.held_on, '[]'));
    end if;
    if tg_op <> 'DELETE' then
        perform app.refuse_closed(new.chapter_id, daterange(new.held_on, new.held_on, '[]'));
    end if;
    return coalesce(new, old);
end $$;
alter function app.keep_closed_meetings() owner to sourcing_owner;

-- Who belonged on which day is part of a closed month: the days that a change adds to a stay or takes from it lie in none.
create or replace function app.keep_closed_terms() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    was daterange := case when tg_op = 'INSERT' then 'empty' else daterange(old.joined_on, old.left_on) end;
    now_is daterange := case when tg_op = 'DELETE' then 'empty' else daterange(new.joined_on, new.left_on) end;
    changed datemultirange := (datemultirange(was) - datemultirange(now_is)) + (datemultirange(now_is) - datemultirange(was));
    part daterange;
begin
    for part in select unnest(changed) loop
        perform app.refuse_closed(coalesce(new.chapter_id, old.chapter_id), part);
    end loop;
    return coalesce(new, old);
end $$;
alter function app.keep_closed_terms() owner to sourcing_owner;

-- A deleted member belonged until the day of deletion.
create or replace function app.keep_closed_members() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    zone text;
begin
    if new.deleted_at is distinct from old.deleted_at then
        select c.time_zone into zone from chapters c where c.id = new.chapter_id;
        perform app.refuse_closed(new.chapter_id, daterange((least(old.deleted_at, new.deleted_at) at time zone zone)::date, (greatest(old.deleted_at, new.deleted_at, now()) at time zone zone)::date, '[]'))
            where exists (select from membership_terms t where t.member_id = new.id and (t.left_on is null or t.left_on > (least(old.deleted_at, new.deleted_at) at time zone zone)::date));
    end if;
    return new;
end $$;
alter function app.keep_closed_members() owner to sourcing_owner;

-- A closed report is opened with a reason, and closed again with the next number; nothing else is done to one.
create or replace function app.keep_reports() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    opening constant text[] := array['status', 'reopened_at', 'reopened_by_id', 'reopen_reason', 'updated_at'];
begin
    if tg_op = 'INSERT' then
        if new.status <> 'closed' or new.revision <> 1 then
            raise exception 'A month is closed first.' using errcode = 'P0001';
        end if;
    elsif (new.chapter_id, new.period, new.created_at) is distinct from (old.chapter_id, old.period, old.created_at)
        or (old.status = 'closed' and (new.status <> 'open' or to_jsonb(new) - opening is distinct from to_jsonb(old) - opening))
        or (old.status = 'open' and (new.status <> 'closed' or new.revision <> old.revision + 1)) then
        raise exception 'A closed month is opened again with a reason; nothing else about it is changed.' using errcode = 'P0001';
    end if;
    return new;
end $$;
alter function app.keep_reports() owner to sourcing_owner;

do $$
declare
    thing text;
begin
    foreach thing in array array['referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials', 'visitors', 'attendances'] loop
        execute format('create or replace trigger month_open before insert or update or delete on %I for each row execute function app.keep_closed_slips()', thing);
    end loop;
end $$;
create or replace trigger month_open before insert or update or delete on meetings for each row execute function app.keep_closed_meetings();
create or replace trigger month_open before insert or update or delete on membership_terms for each row execute function app.keep_closed_terms();
create or replace trigger month_open before update on members for each row execute function app.keep_closed_members();
create or replace trigger month_open before insert or update on monthly_reports for each row execute function app.keep_reports();
