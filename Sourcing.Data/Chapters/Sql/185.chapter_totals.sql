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
    ), days as materialized (
        -- The morning after each meeting, in order: how many meetings came before a day is looked up, not counted.
        select h.chapter_id, array_agg(h.held_on + 1 order by h.held_on) as mornings from held h group by h.chapter_id
    ), stays as (
        select m.id, m.chapter_id, t.joined_on,
            coalesce(case when m.deleted_at is null then t.left_on else least(t.left_on, greatest(t.joined_on, (m.deleted_at at time zone c.time_zone)::date)) end, 'infinity') as left_on
        from members m join membership_terms t on t.member_id = m.id join chapters c on c.id = m.chapter_id where m.chapter_id = any (readable)
    ), roster as materialized (
        select s.id, s.chapter_id, sum(width_bucket(s.left_on, d.mornings) - width_bucket(s.joined_on, d.mornings))::int as seats
        from stays s join days d on d.chapter_id = s.chapter_id group by s.id, s.chapter_id having sum(width_bucket(s.left_on, d.mornings) - width_bucket(s.joined_on, d.mornings)) > 0
    ), people as (
        select r.chapter_id, count(*)::int as members, sum(r.seats)::int as seats from roster r group by r.chapter_id
    ), told as (
        -- Meeting by meeting, each out of an index: joined as tables they would be read whole.
        select h.chapter_id, count(*)::int as meetings, sum(g.count)::int as referrals, sum(o.count)::int as one_to_ones, sum(b.amount) as business, sum(b.other)::int as other,
            sum(v.count)::int as visitors, sum(k.came)::int as came, sum(k.absent)::int as absent
        from held h join chapters c on c.id = h.chapter_id
            cross join lateral (select count(*) filter (where r.giver_id in (select id from roster)) from referrals r where r.meeting_id = h.id and r.deleted_at is null) g
            cross join lateral (
                select count(*) filter (where o.initiator_id in (select id from roster) or o.partner_id in (select id from roster)) from one_to_ones o where o.meeting_id = h.id and o.deleted_at is null) o
            cross join lateral (
                select coalesce(sum(b.amount) filter (where b.currency = c.currency), 0) as amount, count(*) filter (where b.currency <> c.currency) as other
                from closed_business b where b.meeting_id = h.id and b.deleted_at is null) b
            cross join lateral (select count(*) from visitors v where v.meeting_id = h.id and v.deleted_at is null and v.kind = 'visitor') v
            cross join lateral (
                select count(*) filter (where a.code in ('present', 'late', 'substitute')) as came, count(*) filter (where a.code = 'absent') as absent from attendances a where a.meeting_id = h.id) k
        group by h.chapter_id
    )
    select c.id, coalesce(p.members, 0), coalesce(t.meetings, 0), coalesce(p.seats, 0), coalesce(t.referrals, 0), coalesce(t.one_to_ones, 0), coalesce(t.business, 0), coalesce(t.other, 0),
        coalesce(t.visitors, 0), coalesce(t.came, 0), coalesce(t.absent, 0)
    from chapters c left join people p on p.chapter_id = c.id left join told t on t.chapter_id = c.id where c.id = any (readable);
end $$;
alter function app.chapter_totals(date, date) owner to sourcing_owner;
revoke all on function app.chapter_totals(date, date) from public;
grant execute on function app.chapter_totals(date, date) to sourcing_internal, sourcing_chapter;
