-- Finding parts as people type them. Every branch has an index and a limit, because one condition joined by OR would read the whole
-- table; sequential scans are off for the same reason. Typed numbers beat prose; likeness is tried only where nothing else was found.
-- Runs with the rights of whoever asks.
do $$ begin perform similarity('a', 'a'); end $$;

create or replace function app.prefix_query(query text) returns tsquery
    language sql immutable parallel safe set search_path = public, pg_temp as $$
    -- Beginnings of one and two letters would match half the dictionary.
    select to_tsquery('simple', coalesce(string_agg(w || case when length(w) > 2 then ':*' else '' end, ' & '), ''))
    from unnest(string_to_array(app.words(query), ' ')) w where w <> ''
$$;

-- The longest word of a text in two pieces: one slip of the pen leaves one of them whole. None for words under four letters.
create or replace function app.word_pieces(query text) returns text[]
    language sql immutable parallel safe set search_path = public, pg_temp as $$
    select case when length(w) > 3 then array[left(w, greatest(3, length(w) / 2)), right(w, greatest(3, length(w) - length(w) / 2)), w] end
    from unnest(string_to_array(app.words(query), ' ')) w order by length(w) desc limit 1
$$;

create or replace function app.search_parts(query text, most int, deleted boolean default false) returns table (id uuid, rank real)
    language plpgsql stable set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = on set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    typed text := app.compact(query);
    beyond text := typed || chr(1114111);
    words tsquery := app.prefix_query(query);
    pieces text[] := app.word_pieces(query);
    ids uuid[];
    ranks real[];
begin
    if typed = '' then
        return;
    end if;
    -- Numbers that are equal or begin so, in the order of their index.
    select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
        (select p.id, case when p.compact_number = typed then 1000 else 800 - least(length(p.compact_number) - length(typed), 50) end::real as rank
            from parts p where p.compact_number >= typed and p.compact_number < beyond and (p.deleted_at is not null) = deleted
            order by p.compact_number limit most)
        union all
        (select r.part_id, case when r.compact_number = typed then 950 else 700 - least(length(r.compact_number) - length(typed), 50) end
            from part_cross_references r join parts p on p.id = r.part_id
            where r.compact_number >= typed and r.compact_number < beyond and r.deleted_at is null and (p.deleted_at is not null) = deleted
            order by r.compact_number limit most)
    ) f;
    -- Suppliers' own numbers, for those who may see prices.
    if has_table_privilege('supplier_parts', 'select') then
        select ids || array_agg(f.id), ranks || array_agg(f.rank) into ids, ranks from (
            select sp.part_id as id, case when sp.compact_number = typed then 940 else 650 end::real as rank
            from supplier_parts sp join parts p on p.id = sp.part_id
            where sp.compact_number >= typed and sp.compact_number < beyond and sp.deleted_at is null and (p.deleted_at is not null) = deleted
            order by sp.compact_number limit most) f;
    end if;
    -- From here on a walk through some other index in the hope of an early match would read the whole table: bitmaps only.
    perform set_config('enable_indexscan', 'off', true);
    select ids || array_agg(f.id), ranks || array_agg(f.rank) into ids, ranks from (
        (select p.id, 600::real as rank from parts p
            where length(typed) > 2 and p.compact_number like '%' || typed || '%' and (p.deleted_at is not null) = deleted limit most)
        union all
        (select r.part_id, 550 from part_cross_references r join parts p on p.id = r.part_id
            where length(typed) > 2 and r.compact_number like '%' || typed || '%' and r.deleted_at is null and (p.deleted_at is not null) = deleted limit most)
        union all
        (select p.id, 300 + 100 * ts_rank(p.search, words) from (
            select m.id, m.search from parts m where m.search @@ words and (m.deleted_at is not null) = deleted limit most) p)
    ) f;
    if coalesce(cardinality(ids), 0) = 0 and pieces is not null then
        select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
            select c.id, (100 * word_similarity(pieces[3], c.plain_name))::real as rank from (
                (select p.id, p.plain_name from parts p where p.plain_name like '%' || pieces[1] || '%' and (p.deleted_at is not null) = deleted limit 2000)
                union
                (select p.id, p.plain_name from parts p where p.plain_name like '%' || pieces[2] || '%' and (p.deleted_at is not null) = deleted limit 2000)
            ) c where word_similarity(pieces[3], c.plain_name) >= 0.4 order by 2 desc, 1 limit 50
        ) f;
    end if;
    return query select h.id, max(h.rank) from unnest(ids, ranks) h (id, rank) group by h.id order by 2 desc, 1 limit most;
end $$;

-- Parts that one being typed may be again: the same number without punctuation here or among cross-references, or a name much like
-- it from the same maker.
create or replace function app.part_duplicates(number text, name text, makers text[], other_numbers text[]) returns table (id uuid, reason text)
    language plpgsql stable set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan
    set pg_trgm.similarity_threshold = 0.7 as $$
#variable_conflict use_column
declare
    numbers text[] := array(select distinct app.compact(n) from unnest(other_numbers || part_duplicates.number) n where app.compact(n) <> '');
    parties text[] := array(select distinct app.plain(btrim(m)) from unnest(makers) m where btrim(m) <> '');
begin
    return query select p.id, 'number' from parts p where p.compact_number = any (numbers) and p.deleted_at is null limit 5;
    return query select r.part_id, 'reference' from part_cross_references r join parts p on p.id = r.part_id and p.deleted_at is null
        where r.compact_number = any (numbers) and r.deleted_at is null limit 5;
    if length(part_duplicates.name) > 3 then
        return query select p.id, 'name' from (
                select m.id, m.plain_name from parts m where m.plain_name % app.plain(part_duplicates.name) and m.deleted_at is null limit 200) p
            where p.plain_name = app.plain(btrim(part_duplicates.name)) or exists (
                select from part_cross_references r where r.part_id = p.id and r.kind = 'manufacturer' and r.plain_party = any (parties) and r.deleted_at is null)
            order by similarity(p.plain_name, app.plain(part_duplicates.name)) desc limit 5;
    end if;
end $$;

alter function app.prefix_query(text) owner to sourcing_owner;
alter function app.word_pieces(text) owner to sourcing_owner;
alter function app.search_parts(text, int, boolean) owner to sourcing_owner;
alter function app.part_duplicates(text, text, text[], text[]) owner to sourcing_owner;
revoke all on function app.prefix_query(text), app.word_pieces(text), app.search_parts(text, int, boolean), app.part_duplicates(text, text, text[], text[]) from public;
grant execute on function app.prefix_query(text), app.word_pieces(text) to sourcing_internal, sourcing_member, sourcing_supplier, sourcing_reporting;
grant execute on function app.search_parts(text, int, boolean) to sourcing_internal, sourcing_member;
grant execute on function app.part_duplicates(text, text, text[], text[]) to sourcing_internal;
