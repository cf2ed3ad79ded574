-- Sold orders and RFQs for customers as those who sell search them: by number, title or customer, the newest first, of those that the person may see. As owner, so
-- that whose they are is asked after the letters and not before for each of all; that it is asked, is here.
create or replace function app.search_sold_orders(pattern text, most int) returns table (id uuid)
    language plpgsql stable security definer rows 50 set search_path = public, app, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    reps uuid[] := app.rep_ids();
    everything boolean := app.is_admin();
begin
    return query
        select o.id from orders o
        join order_sales s on s.id = o.id
        left join customers c on c.id = s.customer_id and c.deleted_at is null and (everything or c.sales_rep_id = any (reps))
        where o.deleted_at is null and o.issued_at is not null and (o.number ilike pattern or c.name ilike pattern)
            and (everything or c.id is not null or s.sales_rep_id = any (reps))
        order by o.ordered_at desc, o.id desc limit most;
end $$;

create or replace function app.search_customer_rfqs(pattern text, most int) returns table (id uuid)
    language plpgsql stable security definer rows 50 set search_path = public, app, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    reps uuid[] := app.rep_ids();
    everything boolean := app.is_admin();
begin
    return query
        select r.id from rfqs r
        left join customers c on c.id = r.customer_id and c.deleted_at is null and (everything or c.sales_rep_id = any (reps))
        where r.deleted_at is null and r.customer_id is not null and (r.number ilike pattern or r.title ilike pattern or c.name ilike pattern)
            and (everything or c.id is not null or r.sales_rep_id = any (reps))
        order by r.created_at desc, r.id desc limit most;
end $$;

alter function app.search_sold_orders(text, int) owner to sourcing_owner;
alter function app.search_customer_rfqs(text, int) owner to sourcing_owner;
revoke all on function app.search_sold_orders(text, int), app.search_customer_rfqs(text, int) from public;
grant execute on function app.search_sold_orders(text, int), app.search_customer_rfqs(text, int) to sourcing_internal, sourcing_rep;
