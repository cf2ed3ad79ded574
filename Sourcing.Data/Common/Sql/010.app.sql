-- Before the tables: sessions, who is acting, history. Repeatable.

-- Text as people compare it: without accents and case. In plpgsql, and without a search path of its own (every name is written in
-- full): generated columns and indexes call it for every row, and so it costs a third.
create or replace function app.plain(value text) returns text
    language plpgsql immutable parallel safe strict as $$
begin
    return pg_catalog.lower(public.unaccent('public.unaccent'::regdictionary, value));
end $$;
alter function app.plain(text) reset all;

-- Numbers as people type them: 6204-2RS, 6204 2rs and 62042rs are one. Its names are bound when it is made: no search path either, so
-- that it is inlined.
create or replace function app.compact(value text) returns text
    language sql immutable parallel safe strict
    return regexp_replace(app.plain(value), '[^[:alnum:]]', '', 'g');
alter function app.compact(text) reset all;

create table if not exists app.sessions (
    id uuid primary key,
    token_hash bytea not null unique,
    user_id uuid not null,
    user_name text not null,
    access text not null check (access in ('internal', 'supplier', 'member', 'rep', 'chapter')),
    supplier_id uuid,
    rfq_id uuid,
    client text not null default '',
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
do $$
begin
    if (select pg_get_constraintdef(oid) from pg_constraint where conname = 'sessions_access_check' and conrelid = 'app.sessions'::regclass) not like '%chapter%' then
        alter table app.sessions drop constraint sessions_access_check;
        alter table app.sessions add constraint sessions_access_check check (access in ('internal', 'supplier', 'member', 'rep', 'chapter'));
    end if;
end $$;
comment on table app.sessions is 'Who is signed in. rfq_id is set for a personal quote link: it opens that RFQ alone.';
create index if not exists ix_sessions_user_id on app.sessions (user_id);
create index if not exists ix_sessions_rfq_id on app.sessions (rfq_id) where rfq_id is not null;

-- The session of this transaction, proven anew at each statement that asks.
create or replace function app.session() returns app.sessions
    language plpgsql stable security definer parallel restricted set search_path = app, pg_temp as $$
declare
    found_session app.sessions;
    token text := coalesce(current_setting('app.token', true), '');
begin
    if token <> '' then
        select * into found_session from app.sessions
        where token_hash = sha256(convert_to(token, 'UTF8')) and revoked_at is null and expires_at > now();
    end if;
    if found_session.id is null then
        raise exception 'no valid session' using errcode = '42501';
    end if;
    -- A supplier's token is of no use on the inside login, nor the other way round.
    if session_user not in ('sourcing_auth', 'sourcing_migrator', 'sourcing_' || found_session.access) then
        raise exception 'session of another login' using errcode = '42501';
    end if;
    return found_session;
end $$;

create or replace function app.begin(token text) returns void
    language plpgsql volatile security definer set search_path = app, pg_temp as $$
begin
    perform set_config('app.token', token, true);
    perform app.session();
end $$;

create or replace function app.user_id() returns uuid language sql stable security definer set search_path = app, pg_temp
    return (app.session()).user_id;
create or replace function app.supplier_id() returns uuid language sql stable security definer set search_path = app, pg_temp
    return (app.session()).supplier_id;
-- The one RFQ of a personal link; null for a portal user, who sees all that they are invited to.
create or replace function app.link_rfq_id() returns uuid language sql stable security definer set search_path = app, pg_temp
    return (app.session()).rfq_id;

-- Whether the person of this session is an admin. In plpgsql: it is made before the tables that it reads.
create or replace function app.is_admin() returns boolean
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
begin
    return exists (select from user_roles ur join roles r on r.id = ur.role_id and r.name = 'Admin' where ur.user_id = (app.session()).user_id);
end $$;

-- What not even everybody inside may see: whose room's script says who does. Their history is an admin's alone; that of a table
-- which is gone (member_points) stays so.
create or replace function app.private_tables() returns text[] language sql immutable
    return array['sales_notes', 'last_contacts', 'sales_quotas', 'commission_plans', 'commission_plan_versions', 'commission_assignments', 'order_shares', 'commission_runs', 'commissions', 'commission_events',
        'commission_payouts', 'commission_disputes',
        'chapters', 'chapter_seats', 'members', 'membership_terms', 'member_contacts', 'member_points', 'member_aliases', 'external_parties', 'meetings', 'attendances',
        'referrals', 'one_to_ones', 'closed_business', 'closed_business_payers', 'education_units', 'testimonials', 'visitors', 'score_schemes', 'chapter_scheme_choices', 'member_scores', 'chapter_alert_rules', 'member_committee_notes', 'chapter_import_batches', 'chapter_import_files', 'chapter_row_issues', 'chapter_reported_lines', 'monthly_reports', 'report_revisions'];

create or replace function app.touch_updated_at() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    new.updated_at := now();
    return new;
end $$;

create sequence if not exists app.audit_entry_id;
create table if not exists public.audit_entries (
    id bigint not null default nextval('app.audit_entry_id'),
    at timestamptz not null default now(),
    transaction_id bigint not null default txid_current(),
    actor_id uuid,
    actor_name text not null,
    table_name text not null,
    record_id uuid not null,
    parent_id uuid,
    action text not null check (action in ('insert', 'update', 'delete', 'batch')),
    old_values jsonb,
    new_values jsonb,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
) partition by range (at);
create index if not exists ix_audit_entries_record on public.audit_entries (record_id, at desc);
create index if not exists ix_audit_entries_parent on public.audit_entries (parent_id, at desc) where parent_id is not null;
create index if not exists ix_audit_entries_at on public.audit_entries (at desc, id desc);
create index if not exists ix_audit_entries_actor on public.audit_entries (actor_id, at desc);

-- Months to come, ahead of need; a job calls it daily. A default partition catches the rest.
create or replace function app.ensure_partitions(parent regclass, months_ahead int) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month date := date_trunc('month', now())::date;
    name text;
begin
    for i in 0..months_ahead loop
        name := format('%s_%s', parent::text, to_char(month + make_interval(months => i), 'YYYY_MM'));
        if to_regclass('public.' || name) is null then
            execute format('create table public.%I partition of public.%s for values from (%L) to (%L)',
                name, parent::text, (month + make_interval(months => i))::date, (month + make_interval(months => i + 1))::date);
            execute format('alter table public.%I owner to sourcing_owner', name);
        end if;
    end loop;
end $$;
create table if not exists public.audit_entries_rest partition of public.audit_entries default;
select app.ensure_partitions('public.audit_entries', 3);

-- To whose history a row belongs besides its own: filled by each room's script.
create table if not exists app.audit_parents (table_name text primary key, column_name text not null);

-- An import writes one entry a batch instead of one a row, and only inside its own run.
create or replace function app.batch_id() returns uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    run text := coalesce(current_setting('app.import_run', true), '');
begin
    if run = '' then
        return null;
    end if;
    perform from import_runs where id = run::uuid and status in ('committing', 'undoing');
    if not found then
        raise exception 'no import is running under this key' using errcode = '42501';
    end if;
    return run::uuid;
end $$;

-- Columns that tell nothing or must not be told.
create or replace function app.telling(row_values jsonb) returns jsonb language sql immutable parallel safe
    return row_values - array['created_at', 'updated_at', 'search', 'plain_name', 'plain_party', 'compact_number', 'content', 'password_hash', 'security_stamp', 'concurrency_stamp',
        'access_failed_count', 'last_sign_in_at', 'normalized_email', 'normalized_user_name', 'token_hash', 'access_token_hash', 'value', 'data', 'public_key', 'salt'];

create or replace function app.audit() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    old_row jsonb := case when tg_op <> 'INSERT' then app.telling(to_jsonb(old)) end;
    new_row jsonb := case when tg_op <> 'DELETE' then app.telling(to_jsonb(new)) end;
    whole jsonb := coalesce(new_row, old_row);
    old_changed jsonb;
    new_changed jsonb;
    actor app.sessions;
    parent_column text := tg_argv[0];
begin
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
        into old_changed, new_changed
        from jsonb_each(old_row) o where o.value is distinct from new_row -> o.key;
        if new_changed is null then
            return null;
        end if;
        -- A merge of parts brings ledgers and series along by the thousand, and tells of them once, with how many they are.
        if tg_table_name in ('stock_movements', 'forecasts', 'sales_history', 'demand_history') and new_changed - array['part_id', 'balance'] = '{}'::jsonb then
            if app.merging('part', (new_row ->> 'part_id')::uuid) then
                return null;
            end if;
        end if;
    else
        old_changed := jsonb_strip_nulls(old_row);
        new_changed := jsonb_strip_nulls(new_row);
    end if;
    -- No actor, no write: save for the migrator, and for accounts before anybody is signed in.
    if coalesce(current_setting('app.token', true), '') <> '' then
        actor := app.session();
    elsif session_user not in ('sourcing_migrator', 'sourcing_auth') and not (select rolsuper from pg_roles where rolname = session_user) then
        raise exception 'no valid session' using errcode = '42501';
    end if;
    -- Whoever enters closed business is its payer as a rule, and that is theirs alone to know: of members the history keeps no name here.
    if tg_op = 'INSERT' and tg_table_name in ('closed_business', 'external_parties') and actor.user_id is not null then
        if exists (select from members m where m.user_id = actor.user_id and m.chapter_id = (whole ->> 'chapter_id')::uuid) then
            actor.user_id := null;
            actor.user_name := 'Somebody of the chapter';
        end if;
    end if;
    insert into audit_entries (actor_id, actor_name, table_name, record_id, parent_id, action, old_values, new_values)
    values (
        actor.user_id,
        coalesce(actor.user_name, session_user),
        tg_table_name,
        coalesce((whole ->> 'id')::uuid, (whole ->> 'user_id')::uuid),
        (whole ->> parent_column)::uuid,
        lower(tg_op),
        old_changed,
        new_changed);
    return null;
end $$;

-- In place of the above for the statements of an import: they have to be its own, and somebody's.
create or replace function app.audit_import() returns trigger
    language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    perform app.batch_id(), app.session();
    return null;
end $$;

-- An import's own entry.
create or replace function app.audit_batch(table_name text, rows_new bigint, rows_changed bigint) returns void
    language plpgsql security definer set search_path = public, app, pg_temp as $$
declare
    actor app.sessions := app.session();
begin
    insert into audit_entries (actor_id, actor_name, table_name, record_id, action, new_values)
    values (actor.user_id, actor.user_name, audit_batch.table_name, app.batch_id(), 'batch',
        jsonb_build_object('rows_new', rows_new, 'rows_changed', rows_changed));
end $$;

revoke all on all functions in schema app from public;
grant execute on all functions in schema app to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting;
revoke execute on function app.ensure_partitions(regclass, int) from sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting;
grant select, insert, update on app.sessions to sourcing_auth;
do $$
declare
    thing record;
begin
    for thing in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'app'::regnamespace loop
        execute format('alter function %s owner to sourcing_owner', thing.name);
    end loop;
end $$;
alter table app.sessions owner to sourcing_owner;
alter table app.audit_parents owner to sourcing_owner;
alter sequence app.audit_entry_id owner to sourcing_owner;
alter table public.audit_entries owner to sourcing_owner;
alter table public.audit_entries_rest owner to sourcing_owner;
