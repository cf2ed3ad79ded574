-- Bills of materials: how deep one goes. Different parts at a level and not ways to them, so that it ends soon whatever is shared; what goes
-- deeper than anything real is a cycle, and has no depth. Dear enough that a list asks it only for the rows of its page.
create or replace function app.bom_levels(part uuid, day date) returns int
    language sql stable cost 5000 set search_path = public, pg_temp as $$
    with recursive below as (
        select part as id, 0 as level
        union
        select l.component_part_id, b.level + 1
        from below b join bom_lines l on l.parent_part_id = b.id and l.deleted_at is null and l.valid_from <= day and (l.valid_to is null or l.valid_to >= day)
        where b.level < 40
    )
    select nullif(max(level), 40) from below
$$;
alter function app.bom_levels(uuid, date) owner to sourcing_owner;
revoke all on function app.bom_levels(uuid, date) from public;
grant execute on function app.bom_levels(uuid, date) to sourcing_internal, sourcing_reporting;
