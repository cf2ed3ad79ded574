-- Finding parts as people type them. Every branch has an index and a limit, because one condition joined by OR would read the whole
-- table; sequential scans are off for the same reason. Typed numbers beat prose; likeness is tried only where nothing else was found.
-- Runs with the rights of whoever asks.
do $$ begin perform similarity('a', 'a'); end $$;

-- What a part is found by is in these indexes alone, not in columns: after a first load they are made anew in one piece beside it
-- (app.begin_load), which takes a tenth of the time that row by row would. C order, so that one serves equality and beginnings.
create index if not exists ix_parts_compact_number on parts ((app.compact(number)) collate "C");
create index if not exists ix_parts_compact_number_trigram on parts using gin ((app.compact(number)) collate "C" gin_trgm_ops);
create index if not exists ix_parts_plain_name on parts using gin ((app.plain(name)) collate "C" gin_trgm_ops);
create index if not exists ix_parts_search on parts using gin (app.part_words(number, name, description));

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
    indexed boolean := not exists (select from app.indexes_aside a where a.table_name = 'parts');
begin
    if typed = '' then
        return;
    end if;
    -- Numbers that are equal or begin so, in the order of their index.
    select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
        (select p.id, case when app.compact(p.number) = typed then 1000 else 800 - least(length(app.compact(p.number)) - length(typed), 50) end::real as rank
            from parts p where app.compact(p.number) collate "C" >= typed and app.compact(p.number) collate "C" < beyond and (p.deleted_at is not null) = deleted
            order by app.compact(p.number) collate "C" limit most)
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
    -- While the indexes are made anew after a first load: words in names by one reading of the table.
    if not indexed then
        perform set_config('enable_seqscan', 'on', true);
        select ids || array_agg(f.id), ranks || array_agg(f.rank) into ids, ranks from (
            select p.id, 300::real as rank from parts p
            where app.plain(p.name) like all (array(select '%' || w || '%' from unnest(string_to_array(app.words(query), ' ')) w where w <> ''))
                and (p.deleted_at is not null) = deleted limit most) f;
        return query select h.id, max(h.rank) from unnest(ids, ranks) h (id, rank) group by h.id order by 2 desc, 1 limit most;
        return;
    end if;
    -- From here on a walk through some other index in the hope of an early match would read the whole table: bitmaps only.
    perform set_config('enable_indexscan', 'off', true);
    select ids || array_agg(f.id), ranks || array_agg(f.rank) into ids, ranks from (
        (select p.id, 600::real as rank from parts p
            where length(typed) > 2 and app.compact(p.number) collate "C" like '%' || typed || '%' and (p.deleted_at is not null) = deleted limit most)
        union all
        (select r.part_id, 550 from part_cross_references r join parts p on p.id = r.part_id
            where length(typed) > 2 and r.compact_number like '%' || typed || '%' and r.deleted_at is null and (p.deleted_at is not null) = deleted limit most)
        union all
        (select p.id, 300 + 100 * ts_rank(app.part_words(p.number, p.name, p.description), words) from (
            select m.id, m.number, m.name, m.description from parts m
            where app.part_words(m.number, m.name, m.description) @@ words and (m.deleted_at is not null) = deleted limit most) p)
    ) f;
    if coalesce(cardinality(ids), 0) = 0 and pieces is not null then
        select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
            select c.id, (100 * word_similarity(pieces[3], c.plain_name))::real as rank from (
                (select p.id, app.plain(p.name) as plain_name from parts p where app.plain(p.name) collate "C" like '%' || pieces[1] || '%' and (p.deleted_at is not null) = deleted limit 2000)
                union
                (select p.id, app.plain(p.name) as plain_name from parts p where app.plain(p.name) collate "C" like '%' || pieces[2] || '%' and (p.deleted_at is not null) = deleted limit 2000)
            ) c where word_similarity(pieces[3], c.plain_name) >= 0.4 order by 2 desc, 1 limit 50
        ) f;
    end if;
    return query select h.id, max(h.rank) from unnest(ids, ranks) h (id, rank) group by h.id order by 2 desc, 1 limit most;
end $$;

-- Parts that one being typed may be again: the same number without punctuation here or among cross-references, the same name, or a
-- name much like it from the same maker. Likeness is measured among the makers' own parts alone: over a million names it takes a second.
create or replace function app.part_duplicates(number text, name text, makers text[], other_numbers text[]) returns table (id uuid, reason text)
    language plpgsql stable set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    numbers text[] := array(select distinct app.compact(n) from unnest(other_numbers || part_duplicates.number) n where app.compact(n) <> '');
    parties text[] := array(select distinct app.plain(btrim(m)) from unnest(makers) m where btrim(m) <> '');
    typed text := btrim(part_duplicates.name);
    plain text := app.plain(typed);
begin
    return query select p.id, 'number' from parts p where app.compact(p.number) collate "C" = any (numbers) and p.deleted_at is null limit 5;
    return query select r.part_id, 'reference' from part_cross_references r join parts p on p.id = r.part_id and p.deleted_at is null
        where r.compact_number = any (numbers) and r.deleted_at is null limit 5;
    if length(typed) > 3 then
        return query
            select f.id, 'name' from (
                (select p.id, 1::real as near from parts p where p.name = typed collate "und-x-icu" and p.deleted_at is null limit 5)
                union
                (select c.id, 1 from (
                    select p.id, p.name from parts p
                    where app.part_words(p.number, p.name, p.description) @@ plainto_tsquery('simple', app.words(typed)) and p.deleted_at is null
                        and not exists (select from app.indexes_aside a where a.table_name = 'parts') limit 2000) c
                    where app.plain(c.name) = plain limit 5)
                union
                (select c.id, similarity(c.plain_name, plain) from (
                    select p.id, app.plain(p.name) as plain_name from part_cross_references r join parts p on p.id = r.part_id
                    where r.plain_party = any (parties) and r.kind = 'manufacturer' and r.deleted_at is null and p.deleted_at is null limit 20000) c
                    where similarity(c.plain_name, plain) >= 0.7 order by 2 desc limit 5)
            ) f group by f.id order by max(f.near) desc limit 5;
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
