-- Notes as people search them: the newest of those that the person may see. As owner, so that the words' index serves; whose notes they are is asked here.
create or replace function app.search_notes(wanted text, most int) returns table (id uuid, rank real)
    language plpgsql stable security definer rows 50 set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    words tsquery := app.prefix_query(wanted);
    reps uuid[] := app.rep_ids();
begin
    if numnode(words) = 0 then
        return;
    end if;
    return query
        select n.id, 1::real from sales_notes n
        where n.search @@ words and n.sales_rep_id = any (reps) and n.deleted_at is null order by n.occurred_at desc, n.id desc limit most;
end $$;
alter function app.search_notes(text, int) owner to sourcing_owner;
revoke all on function app.search_notes(text, int) from public;
grant execute on function app.search_notes(text, int) to sourcing_internal, sourcing_rep;
