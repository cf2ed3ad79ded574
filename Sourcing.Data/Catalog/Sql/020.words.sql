-- Before the tables: text as the search index takes it apart. Repeatable.
create or replace function app.words(value text) returns text
    language sql immutable parallel safe strict
    return regexp_replace(app.plain(value), '[^[:alnum:]]+', ' ', 'g');
alter function app.words(text) reset all;
alter function app.words(text) owner to sourcing_owner;
revoke all on function app.words(text) from public;
grant execute on function app.words(text) to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth, sourcing_reporting;
