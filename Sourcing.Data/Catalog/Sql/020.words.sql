-- Before the tables: text as the search index takes it apart. Repeatable.
create or replace function app.words(value text) returns text
    language sql immutable parallel safe strict
    return regexp_replace(app.plain(value), '[^[:alnum:]]+', ' ', 'g');
alter function app.words(text) reset all;
alter function app.words(text) owner to sourcing_owner;
revoke all on function app.words(text) from public;
grant execute on function app.words(text) to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting;

-- All words of a part, its number's and name's before its description's.
create or replace function app.part_words(number text, name text, description text) returns tsvector
    language sql immutable parallel safe
    return setweight(to_tsvector('simple'::regconfig, app.words(number || ' ' || app.compact(number))), 'A')
        || setweight(to_tsvector('simple'::regconfig, app.words(name)), 'B') || setweight(to_tsvector('simple'::regconfig, app.words(description)), 'D');
alter function app.part_words(text, text, text) reset all;
alter function app.part_words(text, text, text) owner to sourcing_owner;
revoke all on function app.part_words(text, text, text) from public;
grant execute on function app.part_words(text, text, text) to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting;
