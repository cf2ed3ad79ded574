-- Parts and suppliers that became one, and who follows whom.
insert into app.audit_parents (table_name, column_name) values ('merges', 'kept_id') on conflict (table_name) do update set column_name = excluded.column_name;

-- Whether this very transaction merges this record, as the one that stays or the one that is given up.
create or replace function app.merging(kind text, record uuid) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from merges m where m.kind = merging.kind and record in (m.kept_id, m.gone_id) and m.created_at = now())
$$;

-- Whether nothing of a row changes but its supplier, to the one that it becomes one with in this very transaction.
create or replace function app.only_merged(old_row jsonb, new_row jsonb) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select old_row ->> 'supplier_id' <> new_row ->> 'supplier_id' and old_row - array['supplier_id', 'updated_at'] = new_row - array['supplier_id', 'updated_at']
        and exists (select from merges m where m.kind = 'supplier' and m.gone_id = (old_row ->> 'supplier_id')::uuid and m.kept_id = (new_row ->> 'supplier_id')::uuid
            and m.created_at = now())
$$;

-- A part's chain of successors: of each the first that lives in the catalog. Ends where a chain closes on itself.
create or replace function app.successors(part uuid) returns table (id uuid, step int)
    language sql stable parallel safe rows 2 set search_path = public, pg_temp as $$
    with recursive after as (
        select part as id, 0 as step, array[part] as way
        union all
        select n.other_part_id, a.step + 1, a.way || n.other_part_id
        from after a cross join lateral (
            select r.other_part_id from part_cross_references r join parts p on p.id = r.other_part_id and p.deleted_at is null
            where r.part_id = a.id and r.kind = 'replaced_by' and r.deleted_at is null order by r.id limit 1) n
        where a.step < 50 and n.other_part_id <> all (a.way)
    )
    select id, step from after where step > 0
$$;
-- Its end: the one to buy. Most parts have none, and are done with one look into an index.
create or replace function app.successor(part uuid) returns uuid
    language sql stable parallel safe cost 500 set search_path = public, pg_temp as $$
    select case when exists (select from part_cross_references r where r.part_id = part and r.kind = 'replaced_by' and r.deleted_at is null)
        then (select s.id from app.successors(part) s order by s.step desc limit 1) end
$$;

alter function app.merging(text, uuid) owner to sourcing_owner;
alter function app.only_merged(jsonb, jsonb) owner to sourcing_owner;
alter function app.successors(uuid) owner to sourcing_owner;
alter function app.successor(uuid) owner to sourcing_owner;
revoke all on function app.merging(text, uuid), app.only_merged(jsonb, jsonb), app.successors(uuid), app.successor(uuid) from public;
grant execute on function app.merging(text, uuid), app.only_merged(jsonb, jsonb) to sourcing_internal;
grant execute on function app.successors(uuid), app.successor(uuid) to sourcing_internal, sourcing_member, sourcing_reporting;

-- Whoever looks parts up is led on from an old address.
drop policy if exists member_reads on merges;
create policy member_reads on merges for select to sourcing_member using (kind = 'part');
grant select on merges to sourcing_member;

-- Of what there is one of a part, the other one's goes when they become one; the history holds it as it was.
do $$
declare
    name text;
begin
    foreach name in array array['inventory', 'bills_of_materials', 'planning_parameters'] loop
        execute format('grant delete on public.%I to sourcing_internal', name);
        execute format('drop policy if exists merged_only on public.%I', name);
        execute format('create policy merged_only on public.%I as restrictive for delete to sourcing_internal using (app.merging(''part'', part_id))', name);
    end loop;
end $$;
