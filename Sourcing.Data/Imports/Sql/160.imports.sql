-- Imports: where files are staged, what may be taken out again, and who may do what.

-- A stage is one unlogged table a run: filled by COPY, which row-level security would forbid, and dropped whole. Only the inside
-- login reaches it; it owns nothing, so two functions make and drop it.
grant usage on schema staging to sourcing_internal;

create or replace function app.stage_name(run uuid) returns text language sql immutable parallel safe
    return 'r_' || replace(run::text, '-', '');

create or replace function app.make_stage(run uuid, names text[], types text[]) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    stage text := app.stage_name(run);
    columns text;
begin
    perform app.session();
    perform from import_runs where id = run and status = 'checking';
    if not found then
        raise exception 'This import is not being checked.';
    end if;
    if exists (select from unnest(types) t where t <> all (array['text', 'numeric', 'int', 'date', 'boolean', 'uuid'])) then
        raise exception 'A stage has no columns of this type.';
    end if;
    select string_agg(format('%I %s', n, t), ', ' order by i) into columns from unnest(names, types) with ordinality u(n, t, i);
    execute format('drop table if exists staging.%I', stage);
    execute format('create unlogged table staging.%I (id uuid not null, row int not null, state "char" not null, aside boolean not null, confirmed boolean not null,
        cells jsonb, own jsonb, refers text, found jsonb, %s) with (autovacuum_enabled = false)', stage, columns);
    execute format('grant select, insert, update on staging.%I to sourcing_internal', stage);
end $$;

-- After the copy: where the rows are that need somebody, and a little of what the others hold.
create or replace function app.seal_stage(run uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp set default_statistics_target = 10 as $$
declare
    stage text := app.stage_name(run);
begin
    perform app.session();
    execute format('create index on staging.%I (row) where state <> ''o''', stage);
    execute format('analyze staging.%I', stage);
end $$;

create or replace function app.drop_stage(run uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform app.session();
    execute format('drop table if exists staging.%I', app.stage_name(run));
end $$;

-- Everything that imports make carries a key from the run's own range: that is how it is found again.
create or replace function app.undo_rows(name text, first uuid, last uuid) returns bigint
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint;
begin
    perform app.session();
    perform from import_runs where id = app.batch_id() and status = 'undoing' and app.first_id(id) = first and app.last_id(id) = last;
    if not found then
        raise exception 'No import is being undone.';
    end if;
    execute format('delete from public.%I where id between $1 and $2', name) using first, last;
    get diagnostics gone = row_count;
    return gone;
end $$;

-- Whom or what a text names: a supplier by its code or name, a part by its number, with or without blanks. Null where nothing or
-- several things have this name.
create or replace function app.named_plainly(kind text, value text) returns uuid
    language sql stable parallel safe set search_path = public, pg_temp as $$
    select case kind
        when 'supplier' then coalesce(
            (select s.id from suppliers s where s.code = btrim(value) and s.deleted_at is null),
            (select (array_agg(s.id))[1] from suppliers s where s.plain_name = app.plain(btrim(value)) and s.deleted_at is null having count(*) = 1))
        else coalesce(
            (select p.id from parts p where p.number = btrim(value) and p.deleted_at is null),
            (select (array_agg(p.id))[1] from parts p
                where app.compact(p.number) collate "C" = app.compact(value) collate "C" and lower(replace(p.number, ' ', '')) = lower(replace(value, ' ', '')) and p.deleted_at is null having count(*) = 1))
        end
$$;

-- The same, and by what people answered before.
create or replace function app.named(kind text, value text) returns uuid
    language sql stable parallel safe set search_path = public, pg_temp as $$
    select coalesce(app.named_plainly(kind, value), (
        select a.target_id from name_aliases a where a.kind = named.kind and a.plain = app.plain(btrim(value))
            and case named.kind when 'supplier' then exists (select from suppliers s where s.id = a.target_id and s.deleted_at is null)
                else exists (select from parts p where p.id = a.target_id and p.deleted_at is null) end))
$$;

-- A run's keys: version 7 like all others, the moment and the random part of the run's own key, then 32 bits counted by the import.
create or replace function app.first_id(run uuid) returns uuid language sql immutable parallel safe
    return (left(run::text, 28) || '00000000')::uuid;
create or replace function app.last_id(run uuid) returns uuid language sql immutable parallel safe
    return (left(run::text, 28) || 'ffffffff')::uuid;

do $$
declare
    thing record;
    name text;
begin
    for thing in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'app'::regnamespace
        and p.proname in ('stage_name', 'make_stage', 'seal_stage', 'drop_stage', 'undo_rows', 'first_id', 'last_id', 'named', 'named_plainly') loop
        execute format('alter function %s owner to sourcing_owner', thing.name);
        execute format('revoke all on function %s from public', thing.name);
        execute format('grant execute on function %s to sourcing_internal', thing.name);
    end loop;
    foreach name in array array['units', 'part_categories', 'parts', 'part_cross_references', 'suppliers', 'supplier_contacts', 'supplier_parts',
        'price_breaks', 'rfqs', 'orders', 'order_lines', 'shipments', 'receipts', 'inventory', 'stock_movements', 'reservations',
        'bills_of_materials', 'bom_lines', 'forecasts', 'sales_order_lines', 'sales_history'] loop
        if to_regclass('public.' || name) is not null then
            execute format('drop policy if exists import_undone on public.%I', name);
            execute format('create policy import_undone on public.%I for delete to sourcing_owner using (true)', name);
            -- The owner acts for nobody but the function above.
            execute format('grant delete on public.%I to sourcing_owner', name);
        end if;
    end loop;
end $$;

grant delete on import_mappings, import_rows, import_changes, name_aliases to sourcing_internal;
insert into app.audit_parents (table_name, column_name) values ('import_mappings', 'id'), ('name_aliases', 'target_id') on conflict (table_name) do nothing;
