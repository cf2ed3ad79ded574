-- Pairs of parts that may be one, the surest first: the same number but for punctuation, the same number of the same maker, the same name, and
-- among the parts that came last names much alike. Likeness of every name with every other would take minutes; whoever adds a part is asked
-- at once, and what came lately is looked at here. Names whose figures differ are sizes of one thing and not the same thing.
create or replace function app.figures(value text) returns text
    language sql immutable parallel safe strict
    return btrim(regexp_replace(value, '[^0-9]+', ' ', 'g'));
alter function app.figures(text) reset all;

create or replace function app.likely_part_duplicates(most int, lately int) returns table (first_id uuid, second_id uuid, reason text, likeness real)
    language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set pg_trgm.similarity_threshold = 0.75 as $$
#variable_conflict use_column
begin
    -- The first and the last of each group, in the order in which they came: once two of three are merged, the next pair shows. Keys as text, which has a least and a most.
    return query
        select min(p.id::text)::uuid, max(p.id::text)::uuid, 'number', 1::real from parts p where p.deleted_at is null
        group by app.compact(p.number) collate "C" having count(*) > 1 and app.compact(p.number) collate "C" <> '' order by 2 desc limit most;
    return query
        select min(r.part_id::text)::uuid, max(r.part_id::text)::uuid, 'maker', 1::real from part_cross_references r join parts p on p.id = r.part_id and p.deleted_at is null
        where r.kind = 'manufacturer' and r.deleted_at is null and r.compact_number <> ''
        group by r.compact_number, r.plain_party having min(r.part_id::text) <> max(r.part_id::text) order by 2 desc limit most;
    return query
        select min(p.id::text)::uuid, max(p.id::text)::uuid, 'name', 1::real from parts p where p.deleted_at is null
        group by lower(p.name), p.unit_id having count(*) > 1 order by 2 desc limit most;
    if exists (select from app.indexes_aside a where a.table_name = 'parts') then
        return;
    end if;
    -- Words with figures are rare, and so the way to the few names that are worth measuring; names without any are looked up by their letters.
    perform set_config('enable_seqscan', 'off', true);
    return query
        select least(n.id, o.id), greatest(n.id, o.id), 'name', o.near
        from (
            select p.id, p.name, p.unit_id, app.plain(p.name) as plain, (select to_tsquery('simple', string_agg(w, ' & ')) from unnest(string_to_array(app.words(p.name), ' ')) w where w ~ '[0-9]') as figured
            from parts p where p.deleted_at is null order by p.id desc limit lately) n
        cross join lateral (
            select q.id, similarity(app.plain(q.name), n.plain) as near from parts q
            where app.part_words(q.number, q.name, q.description) @@ n.figured and q.deleted_at is null and q.id <> n.id and q.unit_id = n.unit_id
                and app.figures(q.name) = app.figures(n.name) and lower(q.name) <> lower(n.name) and similarity(app.plain(q.name), n.plain) >= 0.75
            order by 2 desc, 1 limit 2) o
        where n.figured is not null;
    return query
        select least(n.id, o.id), greatest(n.id, o.id), 'name', o.near
        from (select p.id, p.name, p.unit_id, app.plain(p.name) as plain from parts p where p.deleted_at is null order by p.id desc limit lately) n
        cross join lateral (
            select q.id, similarity(app.plain(q.name), n.plain) as near from parts q
            where app.plain(q.name) collate "C" % n.plain and q.deleted_at is null and q.id <> n.id and q.unit_id = n.unit_id and q.name !~ '[0-9]' and lower(q.name) <> lower(n.name)
            order by 2 desc, 1 limit 2) o
        where n.name !~ '[0-9]';
end $$;

alter function app.figures(text) owner to sourcing_owner;
alter function app.likely_part_duplicates(int, int) owner to sourcing_owner;
revoke all on function app.figures(text), app.likely_part_duplicates(int, int) from public;
grant execute on function app.figures(text), app.likely_part_duplicates(int, int) to sourcing_internal;
