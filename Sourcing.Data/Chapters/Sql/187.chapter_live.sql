-- Open pages of a chapter read again when something of it changed, whoever changed it and by which door: once for each act and chapter, with nothing of what it was.
create or replace function app.announce_chapters() returns trigger language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    perform app.announce('chapters', c.chapter_id) from (select distinct x.chapter_id from changed x where x.chapter_id is not null) c;
    return null;
end $$;
create or replace function app.announce_chapter() returns trigger language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    perform app.announce('chapters', new.id);
    return null;
end $$;
alter function app.announce_chapters() owner to sourcing_owner;
alter function app.announce_chapter() owner to sourcing_owner;
revoke all on function app.announce_chapters(), app.announce_chapter() from public;
grant execute on function app.announce_chapters(), app.announce_chapter() to sourcing_internal, sourcing_chapter;
do $$
declare
    name text;
begin
    for name in select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'chapter_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' loop
        execute format('create or replace trigger told_added after insert on %I referencing new table as changed for each statement execute function app.announce_chapters()', name);
        execute format('create or replace trigger told_changed after update on %I referencing new table as changed for each statement execute function app.announce_chapters()', name);
        execute format('create or replace trigger told_removed after delete on %I referencing old table as changed for each statement execute function app.announce_chapters()', name);
    end loop;
    create or replace trigger told after insert or update on chapters for each row execute function app.announce_chapter();
end $$;
