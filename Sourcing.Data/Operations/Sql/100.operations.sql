-- Accounts are reached by one login only; everybody inside sees this much of a person.
create or replace view people as
    select u.id, u.full_name, coalesce(u.email, '') as email, u.approval_limit, u.disabled_at is null as is_active, u.notify_by_email,
        coalesce((select string_agg(r.name, ',' order by r.name) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id), '') as roles
    from users u;
alter view people owner to sourcing_owner;
grant select on people to sourcing_internal, sourcing_reporting;

-- The user behind background work: without password, switched off, so that nobody can sign in as it and no list of active people shows it.
insert into users (id, full_name, time_zone_id, culture_name, notify_by_email, single_keys, email_confirmed, phone_number_confirmed,
    two_factor_enabled, lockout_enabled, access_failed_count, disabled_at)
values ('00000000-0000-7000-8000-000000000001', 'Sourcing', 'UTC', 'en-GB', false, false, false, false, false, true, 0, now())
on conflict (id) do nothing;

-- Who we are on paper: one row.
insert into company_settings (id, name, address, logo_text, email, phone, tax_id, order_terms)
values ('00000000-0000-7000-8000-000000000002', 'Your company', '', '', '', '', '', '')
on conflict (id) do nothing;
alter table company_settings drop constraint if exists ck_company_settings_one;
alter table company_settings add constraint ck_company_settings_one check (id = '00000000-0000-7000-8000-000000000002');

-- A record's history holds its files.
insert into app.audit_parents (table_name, column_name) values ('attachments', 'owner_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- History is written and never changed, by no login whatever its rights: not even by the one that migrates.
create or replace function app.keep_history() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    raise exception 'history cannot be changed' using errcode = '42501';
end $$;
create or replace trigger keep before update or delete on audit_entries for each row execute function app.keep_history();
create or replace trigger keep_all before truncate on audit_entries for each statement execute function app.keep_history();

-- Keys in the order of time, as the application makes them.
create or replace function app.uuid7() returns uuid language sql volatile parallel safe set search_path = pg_temp
    return encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid;

-- Who acts, or null before anybody is signed in.
create or replace function app.actor_id() returns uuid language sql stable security definer set search_path = app, pg_temp
    return case when coalesce(current_setting('app.token', true), '') <> '' then app.user_id() end;

-- Tells open pages on every server, if and when this transaction commits.
create or replace function app.announce(topic text, id uuid) returns void language plpgsql volatile security definer set search_path = app, pg_temp as $$
begin
    perform pg_notify('sourcing', json_build_object('topic', topic, 'id', id, 'actor', app.actor_id())::text);
end $$;

-- A line under the bell of each person, and a mail for those who wish it. Whoever acts is not told of their own deed.
-- As the owner, so that a supplier's act can tell a buyer whom the supplier's login cannot see.
create or replace function app.notify(people uuid[], line text, link text, icon text) returns void
    language plpgsql volatile security definer set search_path = public, app, pg_temp as $$
declare
    actor uuid := app.actor_id();
    person record;
begin
    for person in
        select u.id, u.email, u.notify_by_email from users u where u.id = any (people) and u.disabled_at is null and u.id is distinct from actor order by u.id
    loop
        insert into notifications (id, user_id, text, link, icon) values (app.uuid7(), person.id, line, notify.link, notify.icon);
        perform app.announce('notifications', person.id);
        if person.notify_by_email and person.email is not null then
            insert into outbox_messages (id, recipient, subject, body, link, link_text, is_secret, entity_type, entity_id, status, attempts)
            values (app.uuid7(), person.email, left(line, 250), line, notify.link, 'Open in Sourcing', false, 'users', person.id, 'waiting', 0);
        end if;
    end loop;
end $$;

-- Wakes the delivery; the rows are the queue, so a lost wake-up costs half a minute and nothing else.
create or replace function app.wake_outbox() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    perform pg_notify('sourcing', '{"topic":"outbox"}');
    return null;
end $$;
create or replace trigger wake after insert on outbox_messages for each statement execute function app.wake_outbox();

-- Sessions that ended a month ago.
create or replace function app.purge_sessions() returns int language sql volatile security definer set search_path = app, pg_temp as $$
    with gone as (delete from app.sessions where least(expires_at, coalesce(revoked_at, expires_at)) < now() - interval '30 days' returning 1)
    select count(*)::int from gone;
$$;

do $$
declare
    name text;
begin
    foreach name in array array['app.uuid7()', 'app.actor_id()', 'app.announce(text, uuid)', 'app.notify(uuid[], text, text, text)', 'app.wake_outbox()', 'app.purge_sessions()', 'app.keep_history()'] loop
        execute format('alter function %s owner to sourcing_owner', name);
        execute format('revoke all on function %s from public', name);
    end loop;
end $$;
grant execute on function app.uuid7(), app.actor_id(), app.announce(text, uuid), app.notify(uuid[], text, text, text), app.wake_outbox()
    to sourcing_internal, sourcing_supplier, sourcing_member, sourcing_auth;
grant execute on function app.purge_sessions() to sourcing_internal;

-- Personal things: a row belongs to one person.
drop policy if exists own_rows on notifications;
create policy own_rows on notifications for all to sourcing_member, sourcing_supplier using (user_id = (select app.user_id())) with check (user_id = (select app.user_id()));
grant select, update (read_at) on notifications to sourcing_member, sourcing_supplier;
drop policy if exists owner_writes on notifications;
create policy owner_writes on notifications for insert to sourcing_owner with check (true);

-- What the portal and the account pages may leave behind: a mail, of which they see again only what this very transaction wrote.
drop policy if exists write_only on outbox_messages;
create policy write_only on outbox_messages for insert to sourcing_supplier, sourcing_member, sourcing_auth with check (status = 'waiting');
drop policy if exists just_written on outbox_messages;
create policy just_written on outbox_messages for select to sourcing_supplier, sourcing_member, sourcing_auth using (created_at = now());
grant insert, select (id, created_at, updated_at) on outbox_messages to sourcing_supplier, sourcing_member, sourcing_auth;
drop policy if exists owner_writes on outbox_messages;
create policy owner_writes on outbox_messages for insert to sourcing_owner with check (true);

drop policy if exists anybody on form_keys;
create policy anybody on form_keys for all to sourcing_supplier, sourcing_member using (true) with check (true);
grant select, insert, update on form_keys to sourcing_supplier, sourcing_member;
drop policy if exists anybody on number_sequences;
create policy anybody on number_sequences for all to sourcing_supplier using (true) with check (true);
grant select, insert, update on number_sequences to sourcing_supplier;
drop policy if exists anybody on exchange_rates;
create policy anybody on exchange_rates for select to sourcing_supplier using (true);
grant select on exchange_rates to sourcing_supplier;
drop policy if exists anybody on company_settings;
create policy anybody on company_settings for select to sourcing_supplier, sourcing_member using (true);
grant select on company_settings to sourcing_supplier, sourcing_member;

grant delete on saved_views to sourcing_internal;
grant delete on form_keys, notifications, outbox_messages, job_runs to sourcing_internal;
