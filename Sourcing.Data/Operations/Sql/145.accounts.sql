-- Accounts: what ends sessions, links, the last admin, what an admin sees of an account.

-- Rights are taken from the session's claims, so whatever changes them ends the sessions: roles, password and authenticator
-- (both renew the security stamp), being switched off, the supplier somebody acts for.
-- At the end of the transaction, because whoever changes their own account has to finish it first.
create or replace function app.end_sessions() returns trigger
    language plpgsql security definer set search_path = app, public, pg_temp as $$
begin
    update app.sessions set revoked_at = now()
    where revoked_at is null and user_id in (
        select distinct (case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->> tg_argv[0])::uuid);
    return null;
end $$;
alter function app.end_sessions() owner to sourcing_owner;

drop trigger if exists sessions_end on user_roles;
create constraint trigger sessions_end after insert or update or delete on user_roles deferrable initially deferred
    for each row execute function app.end_sessions('user_id');
drop trigger if exists sessions_end on users;
create constraint trigger sessions_end after update on users deferrable initially deferred
    for each row when (
        old.security_stamp is distinct from new.security_stamp or old.disabled_at is distinct from new.disabled_at)
    execute function app.end_sessions('id');
drop trigger if exists sessions_end on supplier_users;
create constraint trigger sessions_end after insert or update or delete on supplier_users deferrable initially deferred
    for each row execute function app.end_sessions('user_id');
-- The session of a personal link stands under the invitation's key.
drop trigger if exists sessions_end on rfq_invitations;
create constraint trigger sessions_end after update on rfq_invitations deferrable initially deferred
    for each row when (old.link_revoked_at is null and new.link_revoked_at is not null) execute function app.end_sessions('id');

-- An admin says for which supplier an account acts.
grant insert on supplier_users to sourcing_auth;
grant update (deleted_at, deleted_by) on supplier_users to sourcing_auth;
drop policy if exists accounts_link on supplier_users;
create policy accounts_link on supplier_users for insert to sourcing_auth with check (true);
drop policy if exists accounts_unlink on supplier_users;
create policy accounts_unlink on supplier_users for update to sourcing_auth using (true) with check (true);

-- What a personal link opens; nothing for one that is unknown, revoked or more than 30 days past the deadline.
drop function if exists app.find_link(text);
create function app.find_link(token text)
    returns table (invitation_id uuid, name text, supplier_id uuid, rfq_id uuid, time_zone text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select i.id, coalesce(nullif(i.contact_name, ''), s.name), i.supplier_id, i.rfq_id, r.deadline_time_zone
    from rfq_invitations i
    join rfqs r on r.id = i.rfq_id
    join suppliers s on s.id = i.supplier_id
    where i.access_token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex') and i.link_revoked_at is null and i.invited_at is not null
        and r.deleted_at is null and r.status not in ('draft', 'approval') and r.deadline + interval '30 days' > now() and s.deleted_at is null
$$;
alter function app.find_link(text) owner to sourcing_owner;
revoke all on function app.find_link(text) from public;
grant execute on function app.find_link(text) to sourcing_auth;

-- The last admin stays. The lock makes two demotions at once come one after the other, and the second sees the first.
create or replace function app.is_admin_role(role uuid) returns boolean language sql stable security definer set search_path = public, pg_temp
    return exists (select from roles where id = role and name = 'Admin');
alter function app.is_admin_role(uuid) owner to sourcing_owner;
revoke all on function app.is_admin_role(uuid) from public;
grant execute on function app.is_admin_role(uuid) to sourcing_auth, sourcing_internal;

create or replace function app.keep_an_admin() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(7305809122003);
    if tg_table_name = 'users' then
        if not exists (select from user_roles where user_id = new.id and app.is_admin_role(role_id)) then
            return null;
        end if;
    end if;
    if not exists (
        select from user_roles ur
        join roles r on r.id = ur.role_id and r.name = 'Admin'
        join users u on u.id = ur.user_id and u.disabled_at is null)
    then
        raise exception 'This is the last admin who can sign in. Make somebody else an admin first.' using errcode = 'P0001';
    end if;
    return null;
end $$;
alter function app.keep_an_admin() owner to sourcing_owner;

create or replace trigger last_admin after update or delete on user_roles
    for each row when (app.is_admin_role(old.role_id)) execute function app.keep_an_admin();
create or replace trigger last_admin after update on users
    for each row when (old.disabled_at is null and new.disabled_at is not null) execute function app.keep_an_admin();

-- What an admin sees of accounts; for everybody else the view is empty.
drop view if exists user_accounts;
create view user_accounts as
    select u.id, u.full_name, coalesce(u.email, '') as email, u.approval_limit, u.last_sign_in_at, u.two_factor_enabled, u.created_at,
        case when u.disabled_at is not null then 'disabled' when u.lockout_end > now() then 'locked'
            when u.password_hash is null then 'invited' else 'active' end as status,
        coalesce((select array_agg(r.name::text order by r.name) from user_roles ur join roles r on r.id = ur.role_id where ur.user_id = u.id), '{}') as roles
    from users u
    -- The system's own account is nobody's to manage.
    where u.id <> '00000000-0000-7000-8000-000000000001' and exists (
        select from user_roles ur join roles r on r.id = ur.role_id
        where ur.user_id = (select app.user_id()) and r.name = 'Admin');
alter view user_accounts owner to sourcing_owner;
grant select on user_accounts to sourcing_internal;
