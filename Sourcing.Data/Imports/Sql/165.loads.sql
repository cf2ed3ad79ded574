-- Many new rows at once: what an insert costs beside the rows themselves is paid once for all of them instead of once a row.
--
-- Foreign keys: the checks of single rows are off (where the server lets us) from app.begin_load to app.end_load, and app.prove_keys
-- proves all keys of the run in one reading, with the same locks on what they refer to.
-- Indexes: a first load, which brings more rows than there are, lays aside all but the primary key. Unique ones are made again at the
-- end of the same transaction, the others by a job after it (IndexWork), beside people's work. Any other load keeps them all, but
-- gathers what goes into word indexes and sorts it in at its end in one go.

create or replace function app.begin_load(name text, fresh bigint) returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    thing regclass := ('public.' || quote_ident(name))::regclass;
    present bigint;
    index record;
begin
    perform app.session();
    perform from import_runs where id = app.batch_id() and status = 'committing';
    if not found then
        raise exception 'No import is being written.';
    end if;
    begin
        perform set_config('session_replication_role', 'replica', true);
    exception when insufficient_privilege then
        -- The server keeps this to itself: keys are checked row by row.
    end;
    perform set_config('gin_pending_list_limit', '262144', true), set_config('maintenance_work_mem', '256MB', true);
    execute format('select count(*) from (select from %s limit $1) x', thing) into present using fresh;
    if fresh < 20000 or present >= fresh then
        return false;
    end if;
    -- Whoever reads the table for long goes before us.
    begin
        perform set_config('lock_timeout', '3s', true);
        execute format('lock table %s in access exclusive mode', thing);
    exception when lock_not_available then
        perform set_config('lock_timeout', '0', true);
        return false;
    end;
    perform set_config('lock_timeout', '0', true);
    for index in
        select c.relname as name, pg_get_indexdef(c.oid) as definition, i.indisunique, m.amname, i.indexprs is not null as is_expression
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where i.indrelid = thing and not i.indisprimary and i.indisvalid and not exists (select from pg_constraint k where k.conindid = c.oid)
    loop
        insert into app.indexes_aside (name, table_name, definition, place)
        values (index.name, begin_load.name, index.definition, case when index.indisunique then 0 when index.amname = 'btree' then case when index.is_expression then 1 else 2 end else 3 end)
        on conflict on constraint indexes_aside_pkey do nothing;
        execute format('drop index public.%I', index.name);
    end loop;
    -- Without them a nested loop would read the growing table once for each row.
    perform set_config('enable_nestloop', 'off', true);
    return true;
end $$;

-- Every foreign key of the run's rows, as the inserting login: one that leads nowhere fails like a single row's would.
create or replace function app.prove_keys(name text, first uuid, last uuid) returns void
    language plpgsql set search_path = public, pg_temp as $$
declare
    key record;
    missing bigint;
begin
    if current_setting('session_replication_role') <> 'replica' then
        return;
    end if;
    for key in
        select k.conname, a.attname as from_column, k.confrelid::regclass as target, b.attname as to_column
        from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
        where k.contype = 'f' and k.conrelid = ('public.' || quote_ident(name))::regclass
    loop
        execute format(
            'with wanted as materialized (select distinct t.%1$I as id from public.%2$I t where t.id between $1 and $2 and t.%1$I is not null),
                held as materialized (select r.%4$I from %3$s r where r.%4$I in (select w.id from wanted w) for key share)
            select (select count(*) from wanted) - (select count(*) from held)', key.from_column, name, key.target, key.to_column)
            into missing using first, last;
        if missing <> 0 then
            raise exception 'insert on table "%" violates foreign key constraint "%"', name, key.conname using errcode = '23503', constraint = key.conname, table = name;
        end if;
    end loop;
end $$;

create or replace function app.end_load(name text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    index record;
begin
    perform app.session();
    perform from import_runs where id = app.batch_id() and status = 'committing';
    if not found then
        raise exception 'No import is being written.';
    end if;
    begin
        perform set_config('session_replication_role', 'origin', true);
    exception when insufficient_privilege then
    end;
    perform set_config('enable_nestloop', 'on', true);
    for index in select a.name, a.definition from app.indexes_aside a where a.table_name = end_load.name and a.place = 0 loop
        execute index.definition;
        delete from app.indexes_aside a where a.name = index.name;
    end loop;
    for index in
        select c.oid from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where i.indrelid = ('public.' || quote_ident(name))::regclass and m.amname = 'gin'
    loop
        perform gin_clean_pending_list(index.oid);
    end loop;
end $$;

do $$
declare
    thing record;
begin
    for thing in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'app'::regnamespace and p.proname in ('begin_load', 'prove_keys', 'end_load') loop
        execute format('alter function %s owner to sourcing_owner', thing.name);
        execute format('revoke all on function %s from public', thing.name);
        execute format('grant execute on function %s to sourcing_internal', thing.name);
    end loop;
end $$;
