-- Imports of a chapter's reports: leaders bring them in, the committee reads, nobody else sees them.

insert into app.audit_parents (table_name, column_name) values ('chapter_import_batches', 'chapter_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

do $$
declare
    login text;
    thing text;
    leads constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'']))::uuid[])';
    looks constant text := 'chapter_id = any ((select app.chapter_ids(array[''leader'', ''committee'']))::uuid[])';
begin
    foreach login in array array['sourcing_internal', 'sourcing_chapter'] loop
        foreach thing in array array['chapter_import_batches', 'chapter_import_files', 'chapter_row_issues', 'chapter_reported_lines'] loop
            execute format('drop policy if exists %I on %I', login || '_reads', thing);
            execute format('create policy %I on %I for select to %I using (%s)', login || '_reads', thing, login, looks);
            execute format('drop policy if exists %I on %I', login || '_adds', thing);
            execute format('create policy %I on %I for insert to %I with check (%s)', login || '_adds', thing, login, leads);
            execute format('drop policy if exists %I on %I', login || '_changes', thing);
            execute format('revoke insert, update, delete on %I from %I', thing, login);
            execute format('grant select, insert on %I to %I', thing, login);
        end loop;
        -- What a file held and what a summary reported is never changed.
        foreach thing in array array['chapter_import_batches', 'chapter_row_issues'] loop
            execute format('create policy %I on %I for update to %I using (%s) with check (%s)', login || '_changes', thing, login, leads, leads);
            execute format('grant update on %I to %I', thing, login);
        end loop;
        -- Findings that another reading does not make again go, as long as nothing is in; the file goes with an upload that was thrown away.
        execute format('drop policy if exists %I on chapter_row_issues', login || '_clears');
        execute format('create policy %I on chapter_row_issues for delete to %I using (%s and exists (select from chapter_import_batches b where b.id = batch_id and b.status = ''staged''))', login || '_clears', login, leads);
        execute format('grant delete on chapter_row_issues to %I', login);
        execute format('drop policy if exists %I on chapter_import_files', login || '_clears');
        execute format('create policy %I on chapter_import_files for delete to %I using (%s and exists (select from chapter_import_batches b where b.id = chapter_import_files.id and b.status = ''discarded''))', login || '_clears', login, leads);
        execute format('grant delete on chapter_import_files to %I', login);
        -- None but leaders say of a new row that an import brought it; asked once a statement.
        foreach thing in array array['referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials', 'visitors', 'attendances'] loop
            execute format('drop policy if exists %I on %I', login || '_imports', thing);
            execute format('create policy %I on %I as restrictive for insert to %I with check (import_batch_id is null or %s)', login || '_imports', thing, login, leads);
        end loop;
    end loop;
end $$;

-- What an import brings is of its own chapter.
create or replace function app.keep_imported() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    whole jsonb := to_jsonb(new);
    batch uuid := coalesce(whole ->> 'import_batch_id', whole ->> 'batch_id', case when tg_table_name = 'chapter_import_files' then whole ->> 'id' end)::uuid;
begin
    if not exists (select from chapter_import_batches b where b.id = batch and b.chapter_id = new.chapter_id) then
        raise exception 'This import is of another chapter.' using errcode = 'P0001';
    end if;
    -- Of slips and attendance others than leaders change nothing of this kind anyway; hosts change visitors.
    if tg_table_name = 'visitors' and tg_op = 'UPDATE' and session_user in ('sourcing_chapter', 'sourcing_internal') and not new.chapter_id = any (app.chapter_ids(array['leader'])) then
        raise exception 'not yours to import' using errcode = '42501';
    end if;
    return new;
end $$;
alter function app.keep_imported() owner to sourcing_owner;
do $$
declare
    thing text;
begin
    foreach thing in array array['referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials', 'visitors', 'attendances'] loop
        execute format('create or replace trigger of_import before insert on %I for each row when (new.import_batch_id is not null) execute function app.keep_imported()', thing);
        execute format('create or replace trigger moves_import before update of import_batch_id on %I for each row when (new.import_batch_id is not null and new.import_batch_id is distinct from old.import_batch_id)
            execute function app.keep_imported()', thing);
    end loop;
    foreach thing in array array['chapter_import_files', 'chapter_row_issues', 'chapter_reported_lines'] loop
        execute format('create or replace trigger of_import before insert or update on %I for each row execute function app.keep_imported()', thing);
    end loop;
    foreach thing in array array['chapter_import_batches', 'chapter_reported_lines'] loop
        execute format('create or replace trigger own_chapter before insert or update on %I for each row execute function app.keep_in_chapter()', thing);
    end loop;
end $$;

-- A batch goes one way: staged, then in, then replaced or taken back; a replaced one comes back. Its file, kind and chapter never change.
create or replace function app.keep_batches() returns trigger
    language plpgsql set search_path = public, app, pg_temp as $$
begin
    if (new.chapter_id, new.kind, new.sha256, new.file_name, new.uploaded_by) is distinct from (old.chapter_id, old.kind, old.sha256, old.file_name, old.uploaded_by)
        or (new.status <> old.status and (old.status, new.status) not in (('staged', 'applied'), ('staged', 'discarded'), ('applied', 'replaced'), ('applied', 'undone'), ('replaced', 'applied'))) then
        raise exception 'An import goes from staged to applied, and from there to replaced or undone.' using errcode = 'P0001';
    end if;
    return new;
end $$;
alter function app.keep_batches() owner to sourcing_owner;
create or replace trigger one_way before update on chapter_import_batches for each row execute function app.keep_batches();
