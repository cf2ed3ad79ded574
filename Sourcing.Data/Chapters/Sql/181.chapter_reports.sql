-- The monthly report of a chapter: the facts that it is reckoned from, for everybody whose seat opens it, viewers too. No contact data, no payer, no note, no
-- visitor's name; how somebody attended is for themself, for leaders and committee, and for the chapter where it shares points. Each view has its own condition.

-- One row for each stay. Whoever was deleted belonged until that day, so that the months before stay as they were.
drop view if exists report_people;
create view report_people as
    select m.id, m.chapter_id, btrim(m.first_name || ' ' || m.last_name) as full_name, m.sponsor_id, t.joined_on,
        case when m.deleted_at is null then t.left_on else least(t.left_on, greatest(t.joined_on, (m.deleted_at at time zone c.time_zone)::date)) end as left_on
    from members m join membership_terms t on t.member_id = m.id join chapters c on c.id = m.chapter_id
    where m.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[]);
alter view report_people owner to sourcing_owner;

drop view if exists report_meetings;
create view report_meetings as
    select t.id, t.chapter_id, t.held_on, t.status, count(a.id)::int as entered,
        (count(a.id) filter (where a.code in ('present', 'late', 'substitute')))::int as came, (count(a.id) filter (where a.code = 'absent'))::int as absent
    from meetings t left join attendances a on a.meeting_id = t.id
    where t.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[])
    group by t.id, t.chapter_id, t.held_on, t.status;
alter view report_meetings owner to sourcing_owner;

drop view if exists report_marks;
create view report_marks as
    select a.chapter_id, a.meeting_id, t.held_on, a.member_id, a.code
    from attendances a join meetings t on t.id = a.meeting_id
    where a.chapter_id = any ((select app.chapter_ids(array['leader', 'committee']))::uuid[]) or a.member_id = any ((select app.own_member_ids())::uuid[])
        or (a.chapter_id = any ((select app.chapter_ids(array['member', 'viewer']))::uuid[]) and exists (select from chapters c where c.id = a.chapter_id and c.points_shared));
alter view report_marks owner to sourcing_owner;

drop view if exists report_slips;
create view report_slips as
    select s.*, t.held_on from (
        select r.id, r.chapter_id, r.meeting_id, 'referral' as kind, r.giver_id as from_id, r.receiver_id as to_id, r.tier, false as is_inside, 0::numeric as amount, '' as currency, 0::numeric as credits, false as is_training
        from referrals r where r.deleted_at is null
        union all
        select o.id, o.chapter_id, o.meeting_id, 'one_to_one', o.initiator_id, o.partner_id, 0, false, 0, '', 0, false from one_to_ones o where o.deleted_at is null
        union all
        select b.id, b.chapter_id, b.meeting_id, 'closed_business', null, b.thanked_id, b.tier, b.is_inside, b.amount, b.currency, 0, false from closed_business b where b.deleted_at is null
        union all
        select e.id, e.chapter_id, e.meeting_id, 'education', e.member_id, null, 0, false, 0, '', e.credits, e.is_training from education_units e where e.deleted_at is null
        union all
        select p.id, p.chapter_id, p.meeting_id, 'testimonial', p.speaker_id, p.about_id, 0, false, 0, '', 0, false from testimonials p where p.deleted_at is null
        union all
        -- Substitutes and members of other chapters are guests, and no visitors.
        select v.id, v.chapter_id, v.meeting_id, 'visitor', v.inviter_id, null, 0, false, 0, '', 0, false from visitors v where v.deleted_at is null and v.kind = 'visitor'
    ) s join meetings t on t.id = s.meeting_id
    where s.chapter_id = any ((select app.chapter_ids(array['leader', 'committee', 'member', 'viewer']))::uuid[]);
alter view report_slips owner to sourcing_owner;

grant select on report_people, report_meetings, report_marks, report_slips to sourcing_internal, sourcing_chapter;
