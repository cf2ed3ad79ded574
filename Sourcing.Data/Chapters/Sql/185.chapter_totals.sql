-- Totals of a period for every chapter of which the asker may read reports: one read for a whole region. The rules are those of the monthly report: completed
-- meetings alone, the roster are members active at one of them, a referral counts by its giver and a one-to-one by either side on the roster, closed business in the
-- chapter's currency, visitors without substitutes and members of other chapters. Whoever was deleted belonged until that day.
create or replace function app.chapter_totals(first date, last date) returns table (
        chapter_id uuid, members int, meetings int, seats int, referrals int, one_to_ones int, business numeric, other_currency int, visitors int, came int, absent int)
    language plpgsql stable security definer set search_path = public, app, pg_temp as $$
#variable_conflict use_column
declare
    readable uuid[] := app.chapter_ids(array['leader', 'committee', 'member', 'viewer']);
begin
    return query
    with held as materialized (
        select t.id, t.chapter_id, t.held_on from meetings t where t.chapter_id = any (readable) and t.status = 'completed' and t.held_on between first and last
    ), stays as (
        select m.id, m.chapter_id, t.joined_on,
            coalesce(case when m.deleted_at is null then t.left_on else least(t.left_on, greatest(t.joined_on, (m.deleted_at at time zone c.time_zone)::date)) end, 'infinity') as left_on
        from members m join membership_terms t on t.member_id = m.id join chapters c on c.id = m.chapter_id where m.chapter_id = any (readable)
    ), roster as materialized (
        select s.id, s.chapter_id, count(*)::int as seats from stays s join held h on h.chapter_id = s.chapter_id and s.joined_on <= h.held_on and h.held_on < s.left_on group by s.id, s.chapter_id
    ), given as (
        select h.chapter_id, count(*)::int as count from referrals r join held h on h.id = r.meeting_id join roster g on g.id = r.giver_id where r.deleted_at is null group by h.chapter_id
    ), met as (
        select h.chapter_id, count(*)::int as count from one_to_ones o join held h on h.id = o.meeting_id left join roster i on i.id = o.initiator_id left join roster p on p.id = o.partner_id
        where o.deleted_at is null and (i.id is not null or p.id is not null) group by h.chapter_id
    ), closed as (
        select h.chapter_id, coalesce(sum(b.amount) filter (where b.currency = c.currency), 0) as amount, (count(*) filter (where b.currency <> c.currency))::int as other
        from closed_business b join held h on h.id = b.meeting_id join chapters c on c.id = h.chapter_id where b.deleted_at is null group by h.chapter_id
    ), guests as (
        select h.chapter_id, count(*)::int as count from visitors v join held h on h.id = v.meeting_id where v.deleted_at is null and v.kind = 'visitor' group by h.chapter_id
    ), marks as (
        select h.chapter_id, (count(*) filter (where a.code in ('present', 'late', 'substitute')))::int as came, (count(*) filter (where a.code = 'absent'))::int as absent
        from attendances a join held h on h.id = a.meeting_id group by h.chapter_id
    ), people as (
        select r.chapter_id, count(*)::int as members, sum(r.seats)::int as seats from roster r group by r.chapter_id
    )
    select c.id, coalesce(p.members, 0), (select count(*)::int from held h where h.chapter_id = c.id), coalesce(p.seats, 0), coalesce(g.count, 0), coalesce(o.count, 0),
        coalesce(b.amount, 0), coalesce(b.other, 0), coalesce(v.count, 0), coalesce(k.came, 0), coalesce(k.absent, 0)
    from chapters c left join people p on p.chapter_id = c.id left join given g on g.chapter_id = c.id left join met o on o.chapter_id = c.id left join closed b on b.chapter_id = c.id
        left join guests v on v.chapter_id = c.id left join marks k on k.chapter_id = c.id
    where c.id = any (readable);
end $$;
alter function app.chapter_totals(date, date) owner to sourcing_owner;
revoke all on function app.chapter_totals(date, date) from public;
grant execute on function app.chapter_totals(date, date) to sourcing_internal, sourcing_chapter;
