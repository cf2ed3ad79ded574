-- Finding suppliers as people type them: see the same for parts.
create index if not exists ix_name_aliases_plain_order on name_aliases (kind, plain collate "C");
create index if not exists ix_name_aliases_plain_trigram on name_aliases using gin (plain collate "C" gin_trgm_ops);
create index if not exists ix_suppliers_compact_code on suppliers (app.compact(code) collate "C");

create or replace function app.search_suppliers(query text, most int, deleted boolean default false) returns table (id uuid, rank real)
    language plpgsql stable set search_path = public, pg_temp set enable_seqscan = off set enable_indexscan = on set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    typed text := btrim(app.plain(query));
    compact text := app.compact(query);
    words tsquery := app.prefix_query(query);
    pieces text[] := app.word_pieces(query);
    ids uuid[];
    ranks real[];
begin
    if compact = '' then
        return;
    end if;
    select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
        (select s.id, case when app.compact(s.code) = compact then 500 else 450 end::real as rank from suppliers s
            where app.compact(s.code) collate "C" >= compact and app.compact(s.code) collate "C" < compact || chr(1114111)
                and (s.deleted_at is not null) = deleted
            order by app.compact(s.code) collate "C" limit most)
        union all
        (select s.id, 400 from suppliers s
            where s.plain_name >= typed and s.plain_name < typed || chr(1114111) and (s.deleted_at is not null) = deleted
            order by s.plain_name limit most)
        union all
        -- Names that it had, or has in others' files.
        (select s.id, 380 from name_aliases a join suppliers s on s.id = a.target_id
            where a.kind = 'supplier' and a.plain collate "C" >= typed and a.plain collate "C" < typed || chr(1114111) and (s.deleted_at is not null) = deleted
            order by a.plain collate "C" limit most)
    ) f;
    perform set_config('enable_indexscan', 'off', true);
    select ids || array_agg(f.id), ranks || array_agg(f.rank) into ids, ranks from (
        (select s.id, 300::real as rank from suppliers s
            where length(typed) > 2 and s.plain_name like '%' || replace(replace(replace(typed, '\', '\\'), '%', '\%'), '_', '\_') || '%' and (s.deleted_at is not null) = deleted limit most)
        union all
        (select s.id, 280 from name_aliases a join suppliers s on s.id = a.target_id
            where a.kind = 'supplier' and length(typed) > 2 and a.plain collate "C" like '%' || replace(replace(replace(typed, '\', '\\'), '%', '\%'), '_', '\_') || '%'
                and (s.deleted_at is not null) = deleted limit most)
        union all
        (select s.id, 100 + 100 * ts_rank(s.search, words) from (
            select m.id, m.search from suppliers m where m.search @@ words and (m.deleted_at is not null) = deleted limit most) s)
    ) f;
    if coalesce(cardinality(ids), 0) = 0 and pieces is not null then
        select array_agg(f.id), array_agg(f.rank) into ids, ranks from (
            select c.id, (90 * word_similarity(pieces[3], c.plain_name))::real as rank from (
                (select s.id, s.plain_name from suppliers s where s.plain_name like '%' || pieces[1] || '%' and (s.deleted_at is not null) = deleted limit 2000)
                union
                (select s.id, s.plain_name from suppliers s where s.plain_name like '%' || pieces[2] || '%' and (s.deleted_at is not null) = deleted limit 2000)
            ) c where word_similarity(pieces[3], c.plain_name) >= 0.4 order by 2 desc, 1 limit 50
        ) f;
    end if;
    return query select h.id, max(h.rank) from unnest(ids, ranks) h (id, rank) group by h.id order by 2 desc, 1 limit most;
end $$;
alter function app.search_suppliers(text, int, boolean) owner to sourcing_owner;
revoke all on function app.search_suppliers(text, int, boolean) from public;
grant execute on function app.search_suppliers(text, int, boolean) to sourcing_internal;

-- Suppliers that one being typed may be again.
create or replace function app.supplier_duplicates(code text, name text, tax text, domain text) returns table (id uuid, why text)
    language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set pg_trgm.similarity_threshold = 0.6 as $$
#variable_conflict use_column
begin
    return query select s.id, 'the same code' from suppliers s where s.code = supplier_duplicates.code and s.deleted_at is null limit 3;
    if tax <> '' then
        return query select s.id, 'the same tax number' from suppliers s where app.compact(s.tax_id) = app.compact(tax) and s.deleted_at is null limit 3;
    end if;
    if length(supplier_duplicates.name) > 3 then
        return query select s.id, 'a name much alike' from suppliers s
            where s.plain_name % app.plain(supplier_duplicates.name) and s.deleted_at is null
            order by similarity(s.plain_name, app.plain(supplier_duplicates.name)) desc limit 5;
    end if;
    if domain <> '' then
        return query select s.id, 'the same e-mail domain' from suppliers s where lower(split_part(s.email, '@', 2)) = lower(domain) and s.deleted_at is null limit 3;
    end if;
end $$;
create index if not exists ix_suppliers_compact_tax_id on suppliers (app.compact(tax_id));
create index if not exists ix_suppliers_email_domain on suppliers (lower(split_part(email, '@', 2)));
alter function app.supplier_duplicates(text, text, text, text) owner to sourcing_owner;
revoke all on function app.supplier_duplicates(text, text, text, text) from public;
grant execute on function app.supplier_duplicates(text, text, text, text) to sourcing_internal;
