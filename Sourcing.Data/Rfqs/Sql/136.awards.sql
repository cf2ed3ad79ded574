-- What is given of a line never exceeds it, whoever writes.
create or replace function app.guard_award() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    line rfq_lines;
    given numeric;
begin
    -- The line is the lock: two awards of it wait for each other.
    select * into line from rfq_lines where id = new.rfq_line_id for update;
    select sum(a.quantity) into given
    from awards a join award_decisions d on d.id = a.decision_id
    where a.rfq_line_id = new.rfq_line_id and d.status <> 'declined';
    if given > line.quantity then
        raise exception 'Line % asks for %, and % would be awarded. Lower the quantities.', line.line_no, trim_scale(line.quantity), trim_scale(given);
    end if;
    return null;
end $$;
revoke all on function app.guard_award() from public;
alter function app.guard_award() owner to sourcing_owner;
drop policy if exists guards_lock on rfq_lines;
create policy guards_lock on rfq_lines for update to sourcing_owner using (true);
create or replace trigger within_line after insert or update on awards for each row execute function app.guard_award();
