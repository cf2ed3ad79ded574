-- Run by the server's own login, once per database and repeatable: logins, extensions, schemas.
-- Passwords are set by the migrator after this.
do $$
declare
    login text;
begin
    if not exists (select from pg_roles where rolname = 'sourcing_owner') then
        create role sourcing_owner nologin;
    end if;
    foreach login in array array['internal', 'supplier', 'member', 'rep', 'chapter', 'auth', 'jobs', 'reporting', 'migrator'] loop
        if not exists (select from pg_roles where rolname = 'sourcing_' || login) then
            execute format('create role %I login nosuperuser nocreatedb nocreaterole noreplication', 'sourcing_' || login);
        end if;
    end loop;
    if not (select rolbypassrls from pg_roles where rolname = 'sourcing_migrator') then
        alter role sourcing_migrator bypassrls;
    end if;
    -- Representatives may do what every member may, and more.
    if not pg_has_role('sourcing_rep', 'sourcing_member', 'member') then
        grant sourcing_member to sourcing_rep;
    end if;
    -- So may those of chapters.
    if not pg_has_role('sourcing_chapter', 'sourcing_member', 'member') then
        grant sourcing_member to sourcing_chapter;
    end if;
    if not pg_has_role('sourcing_migrator', 'sourcing_owner', 'member') then
        grant sourcing_owner to sourcing_migrator;
    end if;
end $$;

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gin;
create extension if not exists btree_gist;

-- Statement times for the Database page: where the server has the extension and lets us. Without it the page says what is missing.
do $$
begin
    if exists (select from pg_available_extensions where name = 'pg_stat_statements') then
        create extension if not exists pg_stat_statements;
    end if;
    if not pg_has_role('sourcing_reporting', 'pg_read_all_stats', 'member') then
        grant pg_read_all_stats to sourcing_reporting;
    end if;
exception
    when insufficient_privilege then
        raise notice 'statement times stay hidden: %', sqlerrm;
end $$;

-- An import proves the foreign keys of all its rows at once instead of one by one: where the server lets us. Elsewhere it is slower.
do $$
begin
    if not has_parameter_privilege('sourcing_owner', 'session_replication_role', 'SET') then
        grant set on parameter session_replication_role to sourcing_owner;
    end if;
exception
    when insufficient_privilege then
        raise notice 'imports check keys row by row: %', sqlerrm;
end $$;

create schema if not exists app authorization sourcing_owner;
create schema if not exists jobs authorization sourcing_jobs;
create schema if not exists staging authorization sourcing_owner;
revoke all on schema public from public;
grant usage on schema public, app to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting, sourcing_migrator;
grant all on schema public, app to sourcing_owner, sourcing_migrator;

-- What is long (reasons, results, history) is packed at a fraction of the effort where the server has the quicker way.
do $$
begin
    if exists (select from pg_settings where name = 'default_toast_compression' and 'lz4' = any (enumvals))
        and exists (select from pg_database where datname = current_database() and pg_has_role(datdba, 'member'))
        and not exists (select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
            where d.datname = current_database() and s.setrole = 0 and 'default_toast_compression=lz4' = any (s.setconfig)) then
        execute format('alter database %I set default_toast_compression = lz4', current_database());
    end if;
end $$;
