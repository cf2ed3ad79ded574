-- Two people outside who are one: the second goes once its slips have gone to the first. The history holds it.
do $$
declare
    login text;
begin
    foreach login in array array['sourcing_internal', 'sourcing_chapter'] loop
        execute format('drop policy if exists %I on external_parties', login || '_clears');
        execute format('create policy %I on external_parties for delete to %I using (chapter_id = any ((select app.chapter_ids(array[''leader'']))::uuid[]))', login || '_clears', login);
        execute format('grant delete on external_parties to %I', login);
    end loop;
end $$;

-- What became of a slip: for leaders and the committee of its chapter. Who entered closed business is not in it, where a member did: the history keeps no name there.
create or replace function app.slip_history(slip uuid) returns table (at timestamptz, actor_name text, action text, old_values jsonb, new_values jsonb)
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
    readable uuid[] := app.chapter_ids(array['leader', 'committee']);
begin
    if not exists (select from (
            select r.id, r.chapter_id from referrals r union all select o.id, o.chapter_id from one_to_ones o union all select b.id, b.chapter_id from closed_business b union all select e.id, e.chapter_id from education_units e
            union all select t.id, t.chapter_id from testimonials t
        ) s where s.id = slip and s.chapter_id = any (readable)) then
        return;
    end if;
    return query
        select a.at, a.actor_name::text, a.action::text, a.old_values, a.new_values from audit_entries a
        where a.record_id = slip and a.table_name in ('referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials') order by a.at desc, a.id desc limit 100;
end $$;
alter function app.slip_history(uuid) owner to sourcing_owner;
revoke all on function app.slip_history(uuid) from public;
grant execute on function app.slip_history(uuid) to sourcing_internal, sourcing_chapter;
-- The function above reads the history of slips as the owner; no login is the owner.
drop policy if exists owner_reads_slips on audit_entries;
create policy owner_reads_slips on audit_entries for select to sourcing_owner using (table_name in ('referrals', 'one_to_ones', 'closed_business', 'education_units', 'testimonials'));
