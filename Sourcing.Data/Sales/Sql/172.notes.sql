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

-- When each representative last spoke with each customer, kept as notes come and go: read for all customers of a company at once. A task is no contact.
create or replace function app.recall_last_contact(customer uuid, rep uuid) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    newest timestamptz;
begin
    -- Held first and looked up then: whoever adds a note of these two at this moment comes before or after, and is not forgotten.
    insert into last_contacts (customer_id, sales_rep_id, occurred_at) values (customer, rep, '-infinity') on conflict do nothing;
    perform from last_contacts l where l.customer_id = customer and l.sales_rep_id = rep for update;
    select n.occurred_at into newest from sales_notes n
        where n.customer_id = customer and n.sales_rep_id = rep and n.kind <> 'task' and n.deleted_at is null order by n.occurred_at desc, n.id desc limit 1;
    if newest is null then
        delete from last_contacts l where l.customer_id = customer and l.sales_rep_id = rep;
    else
        update last_contacts l set occurred_at = newest where l.customer_id = customer and l.sales_rep_id = rep;
    end if;
end $$;
create or replace function app.keep_last_contact() returns trigger language plpgsql security definer set search_path = public, app, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.kind <> 'task' and new.deleted_at is null then
            insert into last_contacts (customer_id, sales_rep_id, occurred_at) values (new.customer_id, new.sales_rep_id, new.occurred_at)
            on conflict (sales_rep_id, customer_id) do update set occurred_at = excluded.occurred_at where last_contacts.occurred_at < excluded.occurred_at;
        end if;
        return null;
    end if;
    perform app.recall_last_contact(old.customer_id, old.sales_rep_id);
    if tg_op = 'UPDATE' then
        if (new.customer_id, new.sales_rep_id) <> (old.customer_id, old.sales_rep_id) then
            perform app.recall_last_contact(new.customer_id, new.sales_rep_id);
        end if;
    end if;
    return null;
end $$;
create or replace trigger last_contact after insert or delete or update of customer_id, sales_rep_id, kind, occurred_at, deleted_at on sales_notes
    for each row execute function app.keep_last_contact();
drop policy if exists kept_by_trigger on last_contacts;
create policy kept_by_trigger on last_contacts for all to sourcing_owner using (true) with check (true);
do $$
declare
    login text;
    name text;
begin
    foreach name in array array['app.recall_last_contact(uuid, uuid)', 'app.keep_last_contact()'] loop
        execute format('alter function %s owner to sourcing_owner', name);
        execute format('revoke all on function %s from public', name);
    end loop;
    foreach login in array array['sourcing_internal', 'sourcing_rep'] loop
        execute format('drop policy if exists %I on last_contacts', login || '_reads');
        execute format('create policy %I on last_contacts for select to %I using (sales_rep_id = any ((select app.rep_ids())::uuid[]))', login || '_reads', login);
        execute format('grant select on last_contacts to %I', login);
    end loop;
    -- Notes of before, once.
    if not exists (select from last_contacts) then
        insert into last_contacts (customer_id, sales_rep_id, occurred_at)
        select n.customer_id, n.sales_rep_id, max(n.occurred_at) from sales_notes n where n.kind <> 'task' and n.deleted_at is null group by n.customer_id, n.sales_rep_id;
    end if;
end $$;
