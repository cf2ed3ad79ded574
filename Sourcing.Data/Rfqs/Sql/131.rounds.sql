-- Questions, answers and rounds: what a supplier reads and writes of them.
insert into app.audit_parents (table_name, column_name) values ('rfq_questions', 'rfq_id'), ('rfq_rounds', 'rfq_id'), ('rfq_round_answers', 'rfq_id')
    on conflict (table_name) do update set column_name = excluded.column_name;

-- Its own questions; it asks and never answers.
drop policy if exists own on rfq_questions;
create policy own on rfq_questions for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
drop policy if exists asks on rfq_questions;
create policy asks on rfq_questions for insert to sourcing_supplier
    with check (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[])
        and answer is null and answered_at is null and scope is null and public_text is null and answered_by_name = '');
grant select, insert on rfq_questions to sourcing_supplier;

-- The deadline for questions, whatever a page, a service or a statement says; and an answer stays as it was sent.
create or replace function app.guard_question() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    asked record;
begin
    if tg_op = 'UPDATE' then
        -- A supplier that became one with another: the question is as it was, and its supplier's.
        if app.only_merged(to_jsonb(old), to_jsonb(new)) then
            return new;
        end if;
        if old.answered_at is not null or (new.text, new.supplier_id, new.rfq_id, new.round) is distinct from (old.text, old.supplier_id, old.rfq_id, old.round) then
            raise exception 'A question and its answer stay as they were sent. Send an addendum instead.';
        end if;
    elsif session_user = 'sourcing_supplier' then
        select r.number, r.status, r.deadline, r.round, i.round as invited into asked
        from rfqs r join rfq_invitations i on i.rfq_id = r.id and i.supplier_id = new.supplier_id where r.id = new.rfq_id;
        if not found or asked.status <> 'open' or asked.deadline <= now() or asked.invited <> asked.round or new.round <> asked.round then
            raise exception 'Questions about % could be asked until its deadline.', coalesce(asked.number, 'this RFQ');
        end if;
    end if;
    return new;
end $$;
create or replace trigger guarded before insert or update on rfq_questions for each row execute function app.guard_question();
revoke all on function app.guard_question() from public;
alter function app.guard_question() owner to sourcing_owner;

-- Answers to everybody, without a word of who asked, for those who take part in that round or a later one.
create or replace view rfq_public_answers as
    select q.id, q.rfq_id, q.public_text as question, q.answer, q.answered_at, q.answered_by_name
    from rfq_questions q
    where q.scope = 'everybody' and q.rfq_id = any ((select app.supplier_rfq_ids())::uuid[])
        and exists (select from rfq_invitations i where i.rfq_id = q.rfq_id and i.supplier_id = (select app.supplier_id()) and i.round >= q.round);
alter view rfq_public_answers owner to sourcing_owner;
grant select on rfq_public_answers to sourcing_supplier;

-- How the rounds that it takes part in began; of earlier answers its own alone, with the rank that it was told.
drop policy if exists invited on rfq_rounds;
create policy invited on rfq_rounds for select to sourcing_supplier
    using (exists (select from rfq_invitations i where i.rfq_id = rfq_rounds.rfq_id and i.supplier_id = (select app.supplier_id()) and i.round >= rfq_rounds.round));
grant select (id, rfq_id, round, message, started_at) on rfq_rounds to sourcing_supplier;
drop policy if exists own on rfq_round_answers;
create policy own on rfq_round_answers for select to sourcing_supplier
    using (supplier_id = (select app.supplier_id()) and rfq_id = any ((select app.supplier_rfq_ids())::uuid[]));
grant select (id, rfq_id, supplier_id, round, told_rank, told_of) on rfq_round_answers to sourcing_supplier;

-- What is of earlier rounds stays as it was.
create or replace function app.guard_round() returns trigger language plpgsql set search_path = pg_temp as $$
begin
    if tg_op = 'UPDATE' and app.only_merged(to_jsonb(old), to_jsonb(new)) then
        return new;
    end if;
    raise exception 'How a round began and how it was answered stays as it was.';
end $$;
create or replace trigger kept before update or delete on rfq_rounds for each row execute function app.guard_round();
create or replace trigger kept before update or delete on rfq_round_answers for each row execute function app.guard_round();
revoke all on function app.guard_round() from public;
alter function app.guard_round() owner to sourcing_owner;
